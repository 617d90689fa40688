package filetype

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// Media types of recordings.
const (
	MP4Sound  = "audio/mp4"
	ThreeGPP  = "audio/3gpp"
	AAC       = "audio/aac"
	AMR       = "audio/amr"
	AMRWide   = "audio/amr-wb"
	MP3       = "audio/mpeg"
	Ogg       = "audio/ogg"
	WebMSound = "audio/webm"
	WAV       = "audio/wav"
)

// SoundBytes is the most bytes of a recording: some twenty minutes as phones record speech.
const SoundBytes = 5 << 20

// Sound names the type of a recording by looking into it: phones give their recordings any name. What is none is a *Refusal
// for an Unknown one, what has pictures in it one for a Video. The reader is left at an unknown place.
func Sound(r io.ReadSeeker, size int64) (Info, error) {
	if size == 0 {
		return Info{}, refuse(Empty)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Info{}, fmt.Errorf("rewind a recording: %w", err)
	}
	// Where a file says of itself what is in it, and how much of that, differs: all of what it may be is looked at.
	file, err := io.ReadAll(io.LimitReader(r, SoundBytes))
	if err != nil {
		return Info{}, fmt.Errorf("read a recording: %w", err)
	}
	mediaType, pictures := soundType(file)
	switch {
	case pictures:
		return Info{}, refuse(Video)
	case mediaType == "":
		return Info{}, refuse(Unknown)
	case size > SoundBytes:
		return Info{}, refuse(TooLarge)
	}
	return Info{MediaType: mediaType, Extension: soundEndings[mediaType], Size: size}, nil
}

// soundEndings are the usual endings of names.
var soundEndings = map[string]string{
	MP4Sound: ".m4a", ThreeGPP: ".3gp", AAC: ".aac", AMR: ".amr", AMRWide: ".awb", MP3: ".mp3", Ogg: ".ogg", WebMSound: ".webm", WAV: ".wav",
}

// SoundEnding is the usual ending of the name of a recording of a type.
func SoundEnding(mediaType string) string { return soundEndings[mediaType] }

// soundType says what kind of recording a file is, empty for none, and whether it has moving pictures.
func soundType(file []byte) (mediaType string, pictures bool) {
	starts := func(text string) bool { return bytes.HasPrefix(file, []byte(text)) }
	at := func(place int, text string) bool {
		return len(file) > place && bytes.HasPrefix(file[place:], []byte(text))
	}
	switch {
	case at(4, "ftyp"):
		return mp4Type(file)
	case starts("\x1a\x45\xdf\xa3"):
		return matroskaType(file)
	case starts("OggS"):
		return oggType(file)
	case starts("#!AMR-WB\n"):
		return AMRWide, false
	case starts("#!AMR\n"):
		return AMR, false
	case starts("RIFF") && at(8, "WAVE") && bytes.Contains(file[:min(len(file), sniffed)], []byte("fmt ")): // perhaps behind notes
		return WAV, false
	case starts("ID3"):
		return id3Type(file), false
	}
	return frameType(file), false
}

// mp4Type looks for the tracks of an MP4: a recording has sound and nothing else.
func mp4Type(file []byte) (mediaType string, pictures bool) {
	sound := false
	eachBox(file, deepest, func(handler string) {
		sound = sound || handler == "soun"
		pictures = pictures || handler == "vide"
	})
	if !sound {
		return "", pictures
	}
	if bytes.HasPrefix(file[8:], []byte("3g")) {
		return ThreeGPP, pictures
	}
	return MP4Sound, pictures
}

// deepest is how far into each other boxes and elements are followed: what a track is stands no deeper.
const deepest = 4

// eachBox tells of the handler of each track of an MP4, going into the boxes that hold them.
func eachBox(file []byte, depth int, tell func(handler string)) {
	for len(file) >= 8 && depth > 0 {
		size, head := uint64(binary.BigEndian.Uint32(file)), uint64(8)
		kind := string(file[4:8])
		if size == 1 && len(file) >= 16 {
			size, head = binary.BigEndian.Uint64(file[8:]), 16
		}
		if size == 0 || size > uint64(len(file)) {
			size = uint64(len(file)) // to the end of the file, or cut off there
		}
		if size < head {
			return
		}
		content := file[head:size]
		switch kind {
		case "moov", "trak", "mdia":
			eachBox(content, depth-1, tell)
		case "hdlr":
			if len(content) >= 12 {
				tell(string(content[8:12]))
			}
		}
		file = file[size:]
	}
}

// The elements of a Matroska file that lead to what its tracks are.
const (
	matroskaWhole  = 0x18538067 // segment
	matroskaTracks = 0x1654AE6B
	matroskaTrack  = 0xAE
	matroskaKind   = 0x83 // of a track: 1 is pictures, 2 is sound
)

// matroskaType looks for the tracks of what browsers record.
func matroskaType(file []byte) (mediaType string, pictures bool) {
	sound := false
	eachElement(file, deepest, func(kind byte) {
		sound = sound || kind == 2
		pictures = pictures || kind == 1
	})
	if !sound || !bytes.Contains(file[:min(len(file), 64)], []byte("webm")) {
		return "", pictures
	}
	return WebMSound, pictures
}

// eachElement tells of the kind of each track, going into the elements that hold them. A live recording does not know how
// long it is: such an element goes on to the end.
func eachElement(file []byte, depth int, tell func(kind byte)) {
	for len(file) > 0 && depth > 0 {
		id, n := variable(file, false)
		if n == 0 {
			return
		}
		size, m := variable(file[n:], true)
		if m == 0 {
			return
		}
		content := file[n+m:]
		unknown := size == 1<<(7*m)-1
		if !unknown && size < uint64(len(content)) {
			content = content[:size]
		}
		switch id {
		case matroskaWhole, matroskaTracks, matroskaTrack:
			eachElement(content, depth-1, tell)
		case matroskaKind:
			if len(content) > 0 {
				tell(content[len(content)-1])
			}
		}
		file = file[n+m+len(content):]
	}
}

// variable reads a number of Matroska, whose first byte says how long it is; value leaves that mark out.
func variable(file []byte, value bool) (number uint64, length int) {
	if len(file) == 0 || file[0] == 0 {
		return 0, 0
	}
	length = 1
	for mark := byte(0x80); file[0]&mark == 0; mark >>= 1 {
		length++
	}
	if length > len(file) {
		return 0, 0
	}
	first := uint64(file[0])
	if value {
		first &= 1<<(8-length) - 1
	}
	for _, b := range file[1:length] {
		first = first<<8 | uint64(b)
	}
	return first, length
}

// oggType looks at the first packet of each stream that begins.
func oggType(file []byte) (mediaType string, pictures bool) {
	for len(file) >= 27 && bytes.HasPrefix(file, []byte("OggS")) {
		segments := int(file[26])
		if len(file) < 27+segments {
			break
		}
		size := 0
		for _, s := range file[27 : 27+segments] {
			size += int(s)
		}
		packet := file[27+segments:]
		packet = packet[:min(size, len(packet))]
		if file[5]&2 == 0 { // no stream begins on this page, nor on any after it
			break
		}
		if oggSound(packet) {
			mediaType = Ogg
		} else {
			pictures = pictures || bytes.HasPrefix(packet, []byte("\x80theora"))
		}
		file = file[27+segments+len(packet):]
	}
	return mediaType, pictures
}

func oggSound(packet []byte) bool {
	for _, begins := range []string{"OpusHead", "\x01vorbis", "\x7fFLAC", "Speex   "} {
		if bytes.HasPrefix(packet, []byte(begins)) {
			return true
		}
	}
	return false
}

// id3Type is the type of what stands behind a head of words about the music.
func id3Type(file []byte) string {
	if len(file) < 10 {
		return ""
	}
	size := 10
	for i, b := range file[6:10] {
		size += int(b&0x7f) << (7 * (3 - i))
	}
	if size >= len(file) {
		return ""
	}
	return frameType(file[size:])
}

// frameType knows MP3 and AAC by two of their frames, one behind the other: the beginning of one alone may be anything.
func frameType(file []byte) string {
	for _, f := range []struct {
		mediaType string
		length    func([]byte) int
	}{{AAC, aacFrame}, {MP3, mp3Frame}} {
		if n := f.length(file); n > 0 && n < len(file) && f.length(file[n:]) > 0 {
			return f.mediaType
		}
	}
	return ""
}

// aacFrame is how long the AAC frame at the beginning is, 0 where there is none.
func aacFrame(file []byte) int {
	if len(file) < 7 || file[0] != 0xff || file[1]&0xf6 != 0xf0 {
		return 0
	}
	if length := int(file[3]&3)<<11 | int(file[4])<<3 | int(file[5])>>5; length >= 7 {
		return length
	}
	return 0
}

// The rates of MP3: of bits in thousands by version 1 and the others, of samples by version.
var (
	mp3Bits = [2][16]int{
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
	}
	mp3Samples = [4][4]int{{11025, 12000, 8000, 0}, {}, {22050, 24000, 16000, 0}, {44100, 48000, 32000, 0}}
)

// mp3Frame is how long the MP3 frame at the beginning is, 0 where there is none.
func mp3Frame(file []byte) int {
	if len(file) < 4 || file[0] != 0xff || file[1]&0xe6 != 0xe2 {
		return 0
	}
	version := int(file[1] >> 3 & 3)
	bits, factor := mp3Bits[0], 144
	if version != 3 {
		bits, factor = mp3Bits[1], 72
	}
	rate, samples := bits[file[2]>>4]*1000, mp3Samples[version][file[2]>>2&3]
	if rate == 0 || samples == 0 {
		return 0
	}
	return factor*rate/samples + int(file[2]>>1&1)
}
