#!/bin/bash
# batch/shards.sh PROGRAM: a county in shards: which notices each takes, what a merge makes of them and misses; and the three ways the
# recipes give to run them: GNU parallel, a Slurm job array, a Kubernetes Indexed Job.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
unset LC_ALL LANG; export LC_MESSAGES=zh_CN.UTF-8
cd "$scratch" || exit 1
says() { if grep -qF -- "$2" err; then ok "$1"; else not_ok "$1: wanted “$2”" err; fi; }
# Other words for the data's folder stand in the manifest's places, not in its files' hashes.
outputs() { python3 -c 'import json,sys; [print(r["file"], r["sha256"], r["figures"]) for r in map(json.loads, open(sys.argv[1])) if "file" in r]' "$1"; }
same_outputs() { outputs "$1" >one; outputs "$2" >other; cmp one other; }
python3 "$root/tests/tools/make_county.py" county --count 25
"$program" batch county -o whole -q 2>/dev/null

for k in 1 2 3; do status 0 "shard $k of 3" "$program" batch county -o shared --shard $k/3 -q; done
check "the shards make each notice once" test "$(ls shared/*.pdf | wc -l)" = 25
status 0 "merge" "$program" batch --merge -o shared
says "the merge tells of all" "共 25 份"
check "the merged manifest is that of a run in one piece" cmp shared/manifest.jsonl whole/manifest.jsonl
check "so are the files" sh -c 'for f in whole/*.pdf; do cmp "$f" "shared/$(basename "$f")" || exit 1; done'
for k in 1 2 3; do "$program" batch county -o again --shard $k/3 -q 2>/dev/null; done
check "a shard is the same every time" sh -c 'for k in 1 2 3; do cmp shared/manifest-$k-of-3.jsonl again/manifest-$k-of-3.jsonl || exit 1; done'

# Each on a machine of its own, then brought together.
for k in 1 2 3; do "$program" batch county -o apart$k --shard $k/3 -q 2>/dev/null; done
status 2 "a shard is missing" "$program" batch --merge -o joined apart1 apart3; says "which one is told" "缺第 2 片（共 3 片）"
cp -r apart1 apart2 apart3 . 2>/dev/null; mkdir together; cp apart[123]/* together
status 0 "brought together" "$program" batch --merge -o together --index --volume
check "the index is there" test -s together/全县目录.pdf -a -s together/全县合订本.pdf
head -n -1 together/manifest-2-of-3.jsonl >cut; cp cut together/manifest-2-of-3.jsonl
status 2 "a shard that was cut short" "$program" batch --merge -o together; says "what it lacks is told" "merge-unfinished"
cp apart2/manifest-2-of-3.jsonl together; rm "$(ls together/示例县*.pdf | head -1)"
status 2 "a file that got lost" "$program" batch --merge -o together; says "is told" "merge-output"
cp -r county more; cp "$(ls county/示例县*.yaml | head -1)" more/新.yaml
"$program" batch more -o mixed --shard 1/2 -q 2>/dev/null; "$program" batch county -o mixed --shard 2/2 -q 2>/dev/null
status 2 "shards of two lists" "$program" batch --merge -o mixed; says "are told apart" "merge-different"
status 2 "nothing to merge" "$program" batch --merge -o whole; says "is told" "merge-none"
status 2 "an index by one shard" "$program" batch county -o x --shard 1/2 --index

# ---- the recipes of data/README.md -------------------------------------------------------------------------------------
if command -v parallel >/dev/null; then
  check "GNU parallel" parallel --will-cite -j 2 "$program" batch county -o parallel --shard {}/4 -j 1 -q ::: 1 2 3 4
  status 0 "merge after GNU parallel" "$program" batch --merge -o parallel -q
  check "the same as in one piece" cmp parallel/manifest.jsonl whole/manifest.jsonl
else skip "GNU parallel" "parallel is not installed"; fi

"$root/tests/tools/slurm_host.sh" start "$scratch/slurm" >slurm.log 2>&1
case $? in
  0) export SLURM_CONF=$scratch/slurm/slurm.conf
     check "Slurm: a job array" sbatch --wait --export=ALL,GONGKAI="$program",DATA="$scratch/county",OUT="$scratch/array" --output="$scratch/slurm/%A_%a.out" --array=1-4 "$root/tests/batch/array.sbatch"
     status 0 "merge after Slurm" "$program" batch --merge -o array -q
     check "the same as in one piece" same_outputs array/manifest.jsonl whole/manifest.jsonl
     "$root/tests/tools/slurm_host.sh" stop "$scratch/slurm" >/dev/null 2>&1 ;;
  *) skip "Slurm: a job array" "$(tail -1 slurm.log)" ;;
esac
# The script itself, as the scheduler would call it.
for k in 1 2; do SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_COUNT=2 SLURM_CPUS_ON_NODE=1 GONGKAI=$program DATA=county OUT=byhand check "the array's script, task $k" bash "$root/tests/batch/array.sbatch"; done
status 0 "merge after it" "$program" batch --merge -o byhand -q

check "Kubernetes: the Job's command, as a pod runs it" python3 - "$root/tests/batch/job.yaml" "$program" <<'PY'
import os, re, subprocess, sys
text = open(sys.argv[1], encoding='utf-8').read()
command = re.search(r'- \|\n((?:              .*\n)+)', text).group(1)
count = int(re.search(r'completions: (\d+)', text).group(1))
assert 'completionMode: Indexed' in text
for index in range(count):
    run = subprocess.run(['sh', '-c', command.replace('/data', os.path.abspath('county')).replace('/out', os.path.abspath('pods'))],
                         env=dict(os.environ, JOB_COMPLETION_INDEX=str(index), SHARDS=str(count), PATH=os.path.dirname(sys.argv[2]) + ':' + os.environ['PATH']))
    assert run.returncode == 0, index
PY
status 0 "merge after it" "$program" batch --merge -o pods -q
check "the same as in one piece" same_outputs pods/manifest.jsonl whole/manifest.jsonl
if command -v node >/dev/null && [ -d "${KUBERNETES_MODELS:-}/node_modules" ]; then
  check "Kubernetes: the Job against the published schema" node "$root/tests/batch/check_job.mjs" "$root/tests/batch/job.yaml" "$KUBERNETES_MODELS"
else skip "Kubernetes: the Job against the published schema" "make test-shards does it, with npm"; fi
finish
