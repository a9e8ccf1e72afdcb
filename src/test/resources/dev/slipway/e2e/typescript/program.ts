// The program is its own language host, by Pulumi's Automation API: `node program.js up|preview|destroy` runs the engine with it.
import * as automation from "@pulumi/pulumi/automation";
import * as slipway from "./sdk";

async function program() {
    const service = new slipway.Service("web", {
        image: "public.ecr.aws/slipway/hello:latest",
        environment: { GREETING: "Hello from TypeScript" },
        healthCheck: { protocol: "HTTP", path: "/healthz", interval: 1, timeout: 1 },
    });
    return { url: service.url };
}

async function main(command: string) {
    const stack = await automation.LocalWorkspace.createOrSelectStack(
        { stackName: "dev", projectName: "typed", program },
        { workDir: process.cwd() });
    switch (command) {
        case "up":
            console.log((await stack.up()).outputs.url.value);
            break;
        case "preview":
            console.log(JSON.stringify((await stack.preview()).changeSummary));
            break;
        case "destroy":
            await stack.destroy();
            break;
        default:
            throw new Error(command);
    }
}

main(process.argv[2]).catch(failure => { console.error(failure); process.exit(1); });
