package pdf

import "github.com/tetratelabs/wazero/experimental"

// memoryLimit is what PDFium may use, in bytes: a scanned A4 page at 600 dpi in
// colour fits.
const memoryLimit = 192 << 20

// memory is the fixed block that PDFium lives in. PDFium's module may ask for 2 GiB
// and the compiler takes no lower limit, so the block says no when it is full. It
// is taken at once, because growing would copy it and need twice the room; the
// system provides its pages only as they are touched.
type memory []byte

func allocate(_, _ uint64) experimental.LinearMemory { return make(memory, memoryLimit) }

// Reallocate answers nil when the block is too small.
func (m memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m)) {
		return nil
	}
	return m[:size]
}

// Free leaves the block to the garbage collector.
func (m memory) Free() {}
