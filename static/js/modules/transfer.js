// A transfer carries one file to the server, in pieces that go on after a broken connection, and says at once
// when nothing moves. What it says of a file is what the server said: that it has reached us, that it is being
// checked, that it is stored.
import { finish, said } from "./finish.js";
import { smaller } from "./smaller.js";
import { newRow } from "./row.js";

const pieceSize = 512 * 1024;
const retries = [0, 1, 3, 5, 10, 20, 30, 60, 60, 60, 60, 60].map((seconds) => seconds * 1000);
const final = [403, 404, 413, 422]; // answers that another try does not change
const quietTime = 8000; // without progress: say so
const deadTime = 60000; // without progress: begin a new connection
const answerTime = 15000; // the server takes no longer than this to store a piece
const largest = 20 * 1024 * 1024;
const largestPDF = 5 * 1024 * 1024;

// busy are the states in which a file is still on its way by itself.
export const busy = ["waiting", "sending", "unsaved", "slow", "stalled", "offline", "reached", "checking", "kept"];

const moving = ["sending", "unsaved", "slow", "stalled"]; // before it has reached us
const reached = ["reached", "checking", "kept"]; // after that

// transfer shows a file's row. begin() sends it and ends when the next file may begin; ended is called whenever
// the file stops being on its way, and known remembers where files stand on the server.
export function transfer(field, file, { protocol, known, ended }) {
  const words = field.dataset;
  let upload, timer, next, gone;
  let pieceEnd = 0; // of the file, up to where the piece on its way goes
  let asks = 0; // counts the times that we asked for the file to be looked into
  const row = newRow(field, file.name, { pause, resume: again, again, drop });
  const refusal = unfit(file);
  if (refusal) row.show("refused", words[refusal]);
  else row.show("waiting");
  if (!refusal) row.picture(file);

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
      onProgress: moved,
      onChunkComplete: (_, taken, all) => {
        pieceEnd = Math.min(taken + pieceSize, all);
        if (row.dataset.state === "unsaved") row.show("sending");
      },
      onShouldRetry: retried,
      onError: failed,
      onSuccess: () => look(made.url, place),
    });
    pieceEnd = Math.min(pieceSize, small.size);
    return made;
  }

  // look follows the file from where it has reached us to where it is stored.
  async function look(url, place) {
    clearTimeout(timer);
    asks += 1;
    const mine = asks;
    const left = () => gone || mine !== asks;
    row.progress(1);
    row.show("reached");
    const slow = setTimeout(() => left() || row.show("checking"), 500);
    const end = await finish(url, { waits: (state) => row.show(state), left });
    clearTimeout(slow);
    if (left()) return;
    known.delete(place);
    if (end.state === "arrived") row.arrived(end.ref);
    else upload = undefined; // it begins anew
    stop(end.state, end.out ? words.out : end.sentence);
  }

  // retried says whether a failure is worth another try, and whose failure it is.
  function retried(error) {
    const status = error.originalResponse?.getStatus();
    if (final.includes(status) || signedOut(error)) return false;
    if (status >= 500 && moving.includes(row.dataset.state)) {
      clearTimeout(timer);
      row.show("unsaved");
    }
    return true;
  }

  function go() {
    row.show("sending");
    watch(quietTime, "stalled");
    upload.start();
  }

  // moved hears of bytes that left. They are not there before the server says so.
  function moved(sent, all) {
    if (!moving.includes(row.dataset.state)) return;
    row.progress(Math.min(sent / all, 0.99));
    if (row.dataset.state !== "unsaved") row.show("sending");
    if (sent < pieceEnd) watch(quietTime, "stalled");
    else watch(answerTime, "slow");
  }

  // watch says what it is when nothing moves any more.
  function watch(time, then) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (row.dataset.state !== "unsaved") row.show(then);
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
    asks += 1;
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
    if (!upload || ![...moving, ...reached].includes(row.dataset.state)) return;
    clearTimeout(timer);
    asks += 1;
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
