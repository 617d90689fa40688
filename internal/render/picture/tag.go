//go:build !nodynamic

package picture

// Without the tag the HEIC package would take a library of the machine where there is one. The compiler says
// the name, and so what is to be done.
var _ = build_with_tags_nodynamic_see_README
