import * as slipway from "./sdk";

const service = new slipway.Service("web", {
    image: "public.ecr.aws/slipway/hello:latest",
    environment: { GREETING: "Hello from TypeScript" },
    healthCheck: { protocol: "HTTP", path: "/healthz", interval: 1, timeout: 1 },
});
export const url = service.url;
export const port = service.port;
