package main

// expectedDocuments is what becomes of each sample of documents, by its name: what its owner is told,
// and what an officer sees.
var expectedDocuments = map[string]string{}
