// check_job.mjs JOB.yaml MODULES: the Job against the schema of Kubernetes' own OpenAPI document, as the npm package kubernetes-models
// carries it (installed with js-yaml below MODULES). Ends with 1 and what is wrong; also when a seeded fault is not found.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const [file, modules] = process.argv.slice(2);
const require = createRequire(modules + '/');
const yaml = require('js-yaml');
const { Job } = require('kubernetes-models/batch/v1/Job');
const text = readFileSync(file, 'utf8');
new Job(yaml.load(text)).validate();
for (const [from, to] of [['completions: 4', 'completions: four'], ['containers:', 'container:'], ['restartPolicy: OnFailure', 'restartPolicy: 3']]) {
  if (!text.includes(from)) throw new Error('no ' + from);
  let found = false;
  try { new Job(yaml.load(text.replace(from, to))).validate(); } catch { found = true; }
  if (!found) throw new Error('a fault is not found: ' + to);
}
console.log('valid');
