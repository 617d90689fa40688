// Sends files as soon as they are chosen, in pieces that go on after a broken connection or a killed
// browser, and makes photos smaller first. Without it the form sends them with its button.
const pieceSize = 512 * 1024;
const smallEnough = 1.5 * 1024 * 1024;
const longestSide = 2600;
const retries = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];

// A page that was loaded again to show what arrived goes on at its row.
const arrivedKey = "naik-kelas-arrived";
document.getElementById(`milik-${sessionStorage.getItem(arrivedKey)}`)?.focus();
sessionStorage.removeItem(arrivedKey);

for (const field of document.querySelectorAll("[data-upload]")) new Sender(field.querySelector("input[type=file]"), field);

// A Sender is one file field with the list of what it sent.
function Sender(input, field) {
  const words = field.dataset;
  const list = field.querySelector("[data-upload-list]");
  const form = input.form;
  let waiting = 0;
  if (words.then) form.querySelector("button[type=submit]").hidden = true; // there is nothing left to press

  if (words.camera && matchMedia("(pointer: coarse)").matches) input.after(cameraButton());

  input.addEventListener("click", () => protocol().catch(() => {}), { once: true });
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    input.required = false;
    for (const file of files) await send(file);
  });

  form.addEventListener("submit", (event) => {
    if (waiting === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    list.focus();
  }, { capture: true });

  // A phone's own list of ways to choose a file hides the camera at the end; this leads straight there.
  function cameraButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-line mt-2";
    button.textContent = words.camera;
    button.addEventListener("click", () => {
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
    });
    return button;
  }

  // The part that speaks the protocol comes while the person chooses. A browser remembers a module that did
  // not come, so each new try has an address of its own.
  let tries = 0;
  let client;
  function protocol() {
    client ??= import(tries++ === 0 ? words.client : `${words.client}?${tries}`).catch((error) => {
      client = undefined;
      throw error;
    });
    return client;
  }

  async function send(chosen, row = list.appendChild(rowFor(chosen.name))) {
    waiting++;
    let Upload;
    try {
      ({ Upload } = await protocol());
    } catch {
      waiting--;
      row.failed(words.failed, () => send(chosen, row));
      return;
    }
    const file = await smaller(chosen);
    const upload = new Upload(file, {
      endpoint: words.upload,
      chunkSize: pieceSize,
      retryDelays: retries,
      removeFingerprintOnSuccess: true,
      metadata: { filename: chosen.name, purpose: words.purpose },
      onProgress: (sent, all) => row.progress(sent / all),
      onShouldRetry: (error) => ![404, 403, 422].includes(error.originalResponse?.getStatus()),
      onError: (error) => {
        waiting--;
        const answer = error.originalResponse;
        row.failed(answer?.getStatus() === 422 ? said(answer.getBody()) : words.failed, () => { waiting++; upload.start(); });
      },
      onSuccess: ({ lastResponse }) => {
        waiting--;
        row.arrived(lastResponse.getHeader("Naik-Kelas-Berkas"));
        if (waiting > 0) return;
        if (words.then === "reload") {
          sessionStorage.setItem(arrivedKey, lastResponse.getHeader("Naik-Kelas-Berkas") ?? "");
          location.reload();
        }
        if (words.then === "submit") form.requestSubmit();
      },
    });
    row.onPause(() => upload.abort(), () => upload.start());
    const earlier = await upload.findPreviousUploads();
    if (earlier.length > 0) upload.resumeFromPreviousUpload(earlier[0]);
    upload.start();
  }

  // The protocol's library puts a code before the sentence.
  function said(body) {
    return body.replace(/^ERR_\w+: /, "").trim();
  }

  function rowFor(name) {
    const item = document.createElement("li");
    item.className = "panel grid gap-2";
    const text = item.appendChild(document.createElement("p"));
    text.className = "break-words";
    text.setAttribute("role", "status");
    const bar = item.appendChild(document.createElement("progress"));
    bar.className = "progress w-full";
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "btn btn-line btn-sm justify-self-start";
    text.textContent = words.sending.replace("#", () => name);
    button.textContent = words.pause;
    item.tabIndex = -1;
    requestAnimationFrame(() => item.focus());

    item.progress = (part) => { bar.value = part; };
    item.onPause = (pause, goOn) => {
      let paused = false;
      button.onclick = () => {
        paused = !paused;
        button.textContent = paused ? words.resume : words.pause;
        text.textContent = (paused ? words.paused : words.sending).replace("#", () => name);
        (paused ? pause : goOn)();
      };
    };
    item.failed = (sentence, again) => {
      text.textContent = sentence.replace("#", () => name);
      button.textContent = words.again;
      button.onclick = () => {
        text.textContent = words.sending.replace("#", () => name);
        button.textContent = words.pause;
        again();
      };
    };
    item.arrived = (ref) => {
      bar.remove();
      button.remove();
      text.textContent = words.arrived.replace("#", () => name);
      if (!ref) return;
      const hidden = item.appendChild(document.createElement("input"));
      hidden.type = "hidden";
      hidden.name = "uploads";
      hidden.value = ref;
    };
    return item;
  }
}

// smaller makes a large photo one that a slow line can carry. What the browser cannot read is sent as
// it is: the server says what it thinks of it.
async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size <= smallEnough || typeof createImageBitmap !== "function") return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name, { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}
