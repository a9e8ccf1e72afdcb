// Reads a call a line, makes it with AWS's SDK for JavaScript and prints what the SDK made of the answer.
// Arguments: the endpoint, a directory beside which the SDK is installed.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [endpoint, modules] = process.argv.slice(2);
const require = createRequire(modules + "/package.json");
const packages = {
  apprunner: "apprunner", ecr: "ecr", "ecr-public": "ecr-public", iam: "iam", logs: "cloudwatch-logs",
  secretsmanager: "secrets-manager", ssm: "ssm", sts: "sts",
};
const blobs = new Set(["layerPartBlob", "SecretBinary"]);
const clients = new Map();

function sdk(service) {
  return require("@aws-sdk/client-" + packages[service]);
}

function client(asked) {
  const which = [asked.service, asked.region, asked.key, asked.secret, asked.token].join(" ");
  if (!clients.has(which)) {
    const type = Object.entries(sdk(asked.service)).find(([name]) => name.endsWith("Client") && !name.startsWith("__"))[1];
    clients.set(which, new type({
      endpoint, region: asked.region, maxAttempts: 1,
      credentials: { accessKeyId: asked.key, secretAccessKey: asked.secret, sessionToken: asked.token || undefined },
    }));
  }
  return clients.get(which);
}

function withBytes(value, name) {
  if (blobs.has(name)) return Buffer.from(value, "utf8");
  if (Array.isArray(value)) return value.map((element) => withBytes(element, name));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withBytes(member, key)]));
  }
  return value;
}

function plain(name, value) {
  const original = this[name];
  if (original instanceof Date) return original.toISOString();
  if (original instanceof Uint8Array) return Buffer.from(original).toString("base64");
  return name === "$metadata" ? undefined : value;
}

async function told(asked) {
  const command = sdk(asked.service)[asked.call + "Command"];
  try {
    return { answer: await client(asked).send(new command(withBytes(asked.with))) };
  } catch (error) {
    const status = error.$metadata?.httpStatusCode;
    if (status === undefined) return { refused: String(error) };
    // What the SDK says when the service says nothing.
    const message = error.message === "UnknownError" ? "" : error.message;
    return { error: { code: error.Error?.Code ?? error.Code ?? error.name, status, message } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await told(JSON.parse(line)), plain) + "\n");
}
