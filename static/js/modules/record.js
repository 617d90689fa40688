// Records a voice where the browser can: in memory alone, as small as speech may be, and never longer than the server takes.
const kinds = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const endings = { "audio/webm": ".webm", "audio/mp4": ".m4a", "audio/ogg": ".ogg" };
const bitsPerSecond = 24_000;
const longest = 20 * 60; // seconds

// record shows the box and calls give with a recording that somebody wants to send.
export function record(box, give) {
  const kind = window.MediaRecorder && navigator.mediaDevices?.getUserMedia && kinds.find((k) => MediaRecorder.isTypeSupported(k));
  if (!kind) return;
  const words = box.dataset;
  const [start, stop, state, done, sound] = ["[data-start]", "[data-stop]", "[data-state]", "[data-done]", "audio"].map((s) => box.querySelector(s));
  let recorder, stream, timer, file, address;
  box.hidden = false;

  start.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      state.textContent = words.denied;
      return;
    }
    const parts = [];
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: bitsPerSecond });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => heard(parts));
    recorder.start(1000);
    show(true, false);
    count(Date.now());
    stop.focus();
  });
  stop.addEventListener("click", end);
  box.querySelector("[data-send]").addEventListener("click", () => give(file));
  box.querySelector("[data-drop]").addEventListener("click", () => {
    forget();
    show(false, false);
    state.textContent = "";
    start.focus();
  });
  addEventListener("pagehide", () => {
    end();
    forget();
  });

  function count(since) {
    const seconds = Math.floor((Date.now() - since) / 1000);
    state.textContent = words.running.replace("#", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    if (seconds >= longest) return end();
    timer = setTimeout(() => count(since), 1000);
  }

  // end stops the recording, and lets go of the microphone.
  function end() {
    clearTimeout(timer);
    if (recorder?.state === "recording") recorder.stop();
    stream?.getTracks().forEach((track) => track.stop());
  }

  function heard(parts) {
    clearTimeout(timer);
    const type = kind.split(";")[0];
    file = new File(parts, words.name + endings[type], { type });
    address = URL.createObjectURL(file);
    sound.src = address;
    show(false, true);
    state.textContent = words.stopped;
    box.querySelector("[data-send]").focus();
  }

  function forget() {
    if (address) URL.revokeObjectURL(address);
    sound.removeAttribute("src");
    address = file = undefined;
  }

  function show(running, finished) {
    start.hidden = running || finished;
    stop.hidden = !running;
    done.hidden = !finished;
  }
}
