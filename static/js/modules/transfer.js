// A transfer carries one file to the server, in pieces that go on after a broken connection, and says at once
// when nothing moves.
import { smaller } from "./smaller.js";
import { newRow } from "./row.js";

const pieceSize = 512 * 1024;
const retries = [0, 1, 3, 5, 10, 20, 30, 60, 60, 60, 60, 60].map((seconds) => seconds * 1000);
const final = [403, 404, 413, 422]; // answers that another try does not change
const quietTime = 8000; // without progress: say so
const deadTime = 60000; // without progress: begin a new connection
const checkTime = 25000; // the server looks into a file no longer than this
const largest = 20 * 1024 * 1024;
const largestPDF = 5 * 1024 * 1024;

// busy are the states in which a file is still on its way by itself.
export const busy = ["waiting", "sending", "checking", "stalled", "offline"];

// transfer shows a file's row. begin() sends it and ends when the next file may begin; ended is called whenever
// the file stops being on its way, and known remembers where files stand on the server.
export function transfer(field, file, { protocol, known, ended }) {
  const words = field.dataset;
  let upload, timer, next, gone;
  const row = newRow(field, file.name, { pause, resume: again, again, drop });
  const refusal = unfit(file);
  if (refusal) row.show("refused", words[refusal]);
  else row.show("waiting");

  const self = { row, file, begin, offline, online, on: () => !gone && !["arrived", "refused"].includes(row.dataset.state) };
  return self;

  function stop(state, sentence) {
    clearTimeout(timer);
    row.show(state, sentence);
    next?.();
    ended(self);
  }

  function begin() {
    if (!self.on()) return undefined;
    return new Promise((done) => {
      next = done;
      again();
    });
  }

  async function again() {
    if (!navigator.onLine) {
      row.show("offline");
      return;
    }
    row.show("sending");
    try {
      upload ??= await prepare((await protocol()).Upload);
    } catch {
      if (!gone) stop("failed");
      return;
    }
    if (upload && self.on()) go();
  }

  async function prepare(Upload) {
    const small = await smaller(file);
    const refusal = unfit(small);
    if (refusal) {
      stop("refused", words[refusal]);
      return undefined;
    }
    const place = `${file.name}/${small.size}`;
    field.querySelector(`[data-partial="${CSS.escape(known.get(place) ?? "")}"]`)?.remove(); // it goes on here
    const made = new Upload(small, {
      endpoint: words.upload,
      uploadUrl: known.get(place),
      storeFingerprintForResuming: false,
      chunkSize: pieceSize,
      retryDelays: retries,
      metadata: { filename: file.name, purpose: words.purpose },
      onUploadUrlAvailable: () => known.set(place, made.url),
      onProgress: (sent, all) => moved(sent / all),
      onShouldRetry: (error) => !final.includes(error.originalResponse?.getStatus()) && !signedOut(error),
      onError: failed,
      onSuccess: ({ lastResponse }) => {
        known.delete(place);
        row.arrived(lastResponse.getHeader("Naik-Kelas-Berkas"));
        stop("arrived");
      },
    });
    return made;
  }

  function go() {
    row.show("sending");
    watch(quietTime);
    upload.start();
  }

  function moved(part) {
    if (!["sending", "checking", "stalled"].includes(row.dataset.state)) return;
    row.progress(part);
    row.show(part < 1 ? "sending" : "checking");
    watch(part < 1 ? quietTime : checkTime);
  }

  function watch(time) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      row.show("stalled");
      timer = setTimeout(restart, deadTime);
    }, time);
  }

  function restart() {
    upload.abort();
    upload.start();
    timer = setTimeout(restart, deadTime);
  }

  function failed(error) {
    const answer = error.originalResponse;
    if (answer?.getStatus() === 422) stop("refused", said(answer.getBody()));
    else if (answer?.getStatus() === 413) stop("refused", words.large);
    else stop("failed", signedOut(error) ? words.out : words.failed);
  }

  function pause() {
    upload.abort();
    stop("paused");
  }

  function drop() {
    gone = true;
    clearTimeout(timer);
    upload?.abort(true).catch(() => {});
    row.remove();
    next?.();
    ended(self);
  }

  function offline() {
    if (!upload || !["sending", "checking", "stalled"].includes(row.dataset.state)) return;
    clearTimeout(timer);
    upload.abort();
    row.show("offline");
  }

  function online() {
    if (["offline", "failed"].includes(row.dataset.state)) again();
  }
}

// unfit names what is known to be wrong with a file before anything is sent.
function unfit(file) {
  if (file.size === 0) return "empty";
  const pdf = file.type === "application/pdf" || /\.pdf$/i.test(file.name);
  if (pdf && file.size > largestPDF) return "large";
  return file.size > largest && !file.type.startsWith("image/") ? "large" : undefined;
}

// Somebody whose session ended gets the page to sign in instead of an answer.
function signedOut(error) {
  const status = error.originalResponse?.getStatus();
  return status === 401 || (status === 200 && /^\s*<!doctype html/i.test(error.originalResponse.getBody() ?? ""));
}

// The protocol's library puts a code before the sentence.
function said(body) {
  return body.replace(/^ERR_\w+: /, "").trim();
}
