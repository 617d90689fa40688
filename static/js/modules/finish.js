// A file that has reached the server is looked into when its sender asks for it. The server does it by itself a
// little later, so that a page which is closed meanwhile loses nothing.
const pauses = [2, 5, 10, 20, 30].map((seconds) => seconds * 1000);
const answerTime = 45000; // without an answer: ask again

// finish asks until there is an answer, and says meanwhile where the file stands. left ends it.
export async function finish(url, { waits, left }) {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(url);
    if (left()) return { state: "left" };
    if (answer?.status === 204) return { state: "arrived", ref: answer.headers.get("Naik-Kelas-Berkas") };
    if (answer?.status === 422) return { state: "refused", sentence: said(await answer.text()) };
    if (answer?.redirected || answer?.status === 401) return { state: "failed", out: true };
    if (answer && answer.status < 500 && answer.status !== 429) return { state: "failed" };
    waits(answer ? "kept" : "stalled");
    await new Promise((done) => setTimeout(done, pauses[Math.min(tries, pauses.length - 1)]));
    if (left()) return { state: "left" };
  }
}

async function ask(url) {
  try {
    return await fetch(`${url}/periksa`, { method: "POST", signal: AbortSignal.timeout(answerTime) });
  } catch {
    return undefined;
  }
}

// The protocol's library puts a code before the sentence.
export function said(body) {
  return body.replace(/^ERR_\w+: /, "").trim();
}
