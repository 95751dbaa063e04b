// check_job.mjs JOB.yaml MODULES: the Job against the schema of Kubernetes' own OpenAPI document, as the npm package kubernetes-models
// carries it (package.json, installed below MODULES). Ends with 1 and what is wrong; also when a seeded fault is not found.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const [file, modules] = process.argv.slice(2);
const require = createRequire(modules + '/');
const yaml = require('js-yaml');
const { Job } = require('kubernetes-models/batch/v1/Job');

// Every key of every map, as the path to it.
function* keys(value, path = []) {
  if (value === null || typeof value !== 'object') return;
  for (const key of Object.keys(value)) {
    if (!Array.isArray(value)) yield [...path, key];
    yield* keys(value[key], [...path, key]);
  }
}

// The schema names types and says nothing of keys it does not know, which the API server refuses (strict field validation): a key that
// takes what no type of JSON is, is unknown.
function unknown(text) {
  return [...keys(yaml.load(text))].filter((path) => {
    const job = yaml.load(text);
    path.slice(0, -1).reduce((at, key) => at[key], job)[path.at(-1)] = () => 0;
    try { new Job(job).validate(); return true; } catch { return false; }
  });
}

function check(text) {
  new Job(yaml.load(text)).validate();
  const wrong = unknown(text);
  if (wrong.length) throw new Error('unknown: ' + wrong.map((path) => path.join('/')).join(', '));
}

const text = readFileSync(file, 'utf8');
check(text);
const faults = [
  ['completions: 4', 'completions: four'], ['containers:', 'container:'], ['restartPolicy: OnFailure', 'restartPolicy: 3'],
  ['completionMode: Indexed', 'completionMod: Indexed'], ['completionMode: Indexed', 'completionMode: Index'],
  ['apiVersion: batch/v1', 'apiVersion: batch/v2'], ['memory: 512Mi', 'memory: 512Mo'], ['value: "4"', 'value: 4'],
  ['backoffLimit: 4', 'backoffLimit: 4\n  retries: 2'], ['mountPath: /data, ', 'mountPath: /data, readonly: true, '],
  ['claimName: gongkai-data, ', 'claim: gongkai-data, '], ['parallelism: 4', 'parallelism: 4.5'],
];
for (const [from, to] of faults) {
  if (!text.includes(from)) throw new Error('no ' + from);
  let found = false;
  try { check(text.replace(from, to)); } catch { found = true; }
  if (!found) throw new Error('a fault is not found: ' + to);
}
console.log(`valid; ${[...keys(yaml.load(text))].length} keys known, ${faults.length} seeded faults found`);
