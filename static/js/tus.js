// The protocol by which files go on after a broken connection. It is fetched only when somebody is about to
// choose a file, so that a page with a file field costs no more than others.
export { Upload } from "tus-js-client";
