const smallEnough = 1.5 * 1024 * 1024;
const longestSide = 2600;

// smaller makes a large photo one that a slow line can carry. What the browser cannot read is sent as
// it is: the server says what it thinks of it.
export async function smaller(file) {
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
