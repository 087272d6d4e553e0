// A headless Chromium without network, driven by chromedriver (W3C WebDriver).
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const pause = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// Calls `use` with a browser and ends the browser after it.
export async function withBrowser(use) {
  const port = await freePort();
  const driver = spawn("chromedriver", [`--port=${port}`], { stdio: "ignore" });
  async function call(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (value && value.error) throw new Error(`${path}: ${value.message}`);
    return value;
  }
  const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"];
  const wanted = { capabilities: { alwaysMatch: { "goog:chromeOptions": { args }, timeouts: { script: 300000 } } } };
  try {
    let session;
    for (let tries = 0; !session; tries++) {
      try {
        session = (await call("POST", "/session", wanted)).sessionId;
      } catch (error) {
        if (tries > 100) throw error;
        await pause(200);
      }
    }
    const at = (path) => `/session/${session}${path}`;
    await use({
      open: (url) => call("POST", at("/url"), { url }),
      width: (width) => call("POST", at("/goog/cdp/execute"), {
        cmd: "Emulation.setDeviceMetricsOverride", params: { width, height: 800, deviceScaleFactor: 1, mobile: false },
      }),
      script: (script) => call("POST", at("/execute/sync"), { script, args: [] }),
      later: (script) => call("POST", at("/execute/async"), { script, args: [] }),
    });
    await call("DELETE", at(""));
  } finally {
    driver.kill();
  }
}
