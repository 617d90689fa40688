// Carries one file to the server by the tus protocol: small pieces for slow lines, which go on where the line broke. The
// protocol's own library is larger than the page that it would be for.
const pieceSize = 32 * 1024;
const patience = 60_000; // for one piece
const pause = 3000; // before another try, where nothing says that the line is there again
const spoken = { "Tus-Resumable": "1.0.0" };

// bring says on its way where the file is, and how it ended: done, or not and why.
export async function bring(file, to, tell) {
  const percent = (sent) => Math.floor((sent / file.size) * 100);
  let place;
  let sent = 0;
  for (;;) {
    tell("sending", percent(sent));
    try {
      if (!place) {
        place = await begin(file, to);
        sent = 0;
      }
      while (sent < file.size) {
        sent = await piece(file, place, sent);
        tell("sending", percent(sent));
      }
      tell("checking", 100);
      const answer = await ask(`${place}/periksa`, { method: "POST" });
      if (answer.status === 204) return { done: true };
      throw new Ended(answer);
    } catch (error) {
      if (error instanceof Ended && error.final) return error.end();
      tell("broken", percent(sent));
      await line();
      if (place) sent = await there(place, sent);
      if (sent === undefined) return { state: "closed" };
    }
  }
}

// Ended is an answer that is none of those that carry a file on; final ones are not tried again.
class Ended extends Error {
  constructor(answer) {
    super(String(answer.status));
    this.answer = answer;
    this.final = answer.redirected || (answer.status >= 400 && answer.status < 500 && ![408, 409, 429].includes(answer.status));
  }

  async end() {
    if (this.answer.redirected || this.answer.status === 404) return { state: "closed" };
    if (this.answer.status !== 422 && this.answer.status !== 413) return { state: "failed" };
    return { state: "failed", sentence: (await this.answer.text()).replace(/^ERR_\w+: /, "").trim() };
  }
}

async function ask(url, options) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience);
  try {
    return await fetch(url, { ...options, headers: { ...spoken, ...options.headers }, signal: stop.signal });
  } finally {
    clearTimeout(late);
  }
}

async function begin(file, to) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const answer = await ask(to, { method: "POST", headers: { "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}` } });
  if (answer.status !== 201) throw new Ended(answer);
  return new URL(answer.headers.get("Location"), location.href).pathname;
}

// piece sends the next piece and gives how much is there then.
async function piece(file, place, sent) {
  const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(sent) };
  const answer = await ask(place, { method: "PATCH", headers, body: file.slice(sent, sent + pieceSize) });
  if (answer.status !== 204) throw new Ended(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

// there asks how much of the file is there, until somebody answers; nothing where the file is not known any more.
async function there(place, sent) {
  for (;;) {
    try {
      const answer = await ask(place, { method: "HEAD" });
      if (answer.redirected || answer.status === 404) return undefined;
      if (answer.ok) return Number(answer.headers.get("Upload-Offset") ?? sent);
    } catch {
      // the line is still away
    }
    await line();
  }
}

// line waits until there may be a line again.
function line() {
  return new Promise((done) => {
    const timer = setTimeout(ended, pause);
    addEventListener("online", ended, { once: true });
    function ended() {
      clearTimeout(timer);
      removeEventListener("online", ended);
      done();
    }
  });
}
