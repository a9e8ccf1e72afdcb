// Decides the requests that come as lines of JSON on standard input; answers a line each. Its argument is a node_modules directory.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { runSimulation } = createRequire(process.argv[2] + '/')('@cloud-copilot/iam-simulate');

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const result = await runSimulation(JSON.parse(line), {});
    console.log(
      JSON.stringify(
        result.resultType === 'error'
          ? { error: result.errors }
          : { decision: result.overallResult, ignored: result.result?.ignoredContextKeys ?? [] }
      )
    );
  } catch (failure) {
    console.log(JSON.stringify({ error: String(failure) }));
  }
}
