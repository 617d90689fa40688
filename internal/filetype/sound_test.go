package filetype_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"naikkelas/internal/filetype"
)

// boxOf is a box of MP4.
func boxOf(kind string, content ...[]byte) []byte {
	whole := bytes.Join(content, nil)
	return append(binary.BigEndian.AppendUint32(nil, uint32(8+len(whole))), append([]byte(kind), whole...)...)
}

// mp4 is a film or a recording, by what its tracks are.
func mp4(brand string, tracks ...string) []byte {
	file := boxOf("ftyp", []byte(brand), make([]byte, 4))
	var all [][]byte
	for _, handler := range tracks {
		head := append(make([]byte, 8), append([]byte(handler), make([]byte, 13)...)...)
		all = append(all, boxOf("trak", boxOf("tkhd", make([]byte, 20)), boxOf("mdia", boxOf("hdlr", head))))
	}
	return slices.Concat(file, boxOf("mdat", make([]byte, 100)), boxOf("moov", slices.Concat(all...)))
}

// element is an element of Matroska; a negative size is an unknown one.
func element(id []byte, size int, content ...[]byte) []byte {
	whole := slices.Concat(content...)
	length := []byte{0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
	if size >= 0 {
		length = binary.BigEndian.AppendUint16(nil, 0x4000|uint16(len(whole)))
	}
	return slices.Concat(id, length, whole)
}

// webm is a recording as browsers make it: nobody knows how long it will be when it begins.
func webm(kinds ...byte) []byte {
	var tracks [][]byte
	for _, kind := range kinds {
		tracks = append(tracks, element([]byte{0xae}, 0, element([]byte{0xd7}, 0, []byte{1}), element([]byte{0x83}, 0, []byte{kind})))
	}
	head := element([]byte{0x1a, 0x45, 0xdf, 0xa3}, 0, element([]byte{0x42, 0x82}, 0, []byte("webm")))
	return slices.Concat(head, element([]byte{0x18, 0x53, 0x80, 0x67}, -1, element([]byte{0x16, 0x54, 0xae, 0x6b}, 0, tracks...),
		element([]byte{0x1f, 0x43, 0xb6, 0x75}, -1, make([]byte, 50))))
}

// ogg is the first page of a stream for each packet.
func ogg(packets ...string) []byte {
	var file []byte
	for _, packet := range packets {
		page := append([]byte("OggS\x00\x02"), make([]byte, 20)...)
		file = append(file, append(append(page, 1, byte(len(packet))), packet...)...)
	}
	return file
}

// frames repeats a frame that begins so and is so long.
func frames(head string, length int) []byte {
	return bytes.Repeat(append([]byte(head), make([]byte, length-len(head))...), 4)
}

var sounds = map[string]struct {
	file []byte
	want string
}{
	"m4a of a phone":     {mp4("M4A ", "soun"), filetype.MP4Sound},
	"mp4 of a browser":   {mp4("iso5", "soun"), filetype.MP4Sound},
	"3gp":                {mp4("3gp4", "soun"), filetype.ThreeGPP},
	"webm of a browser":  {webm(2), filetype.WebMSound},
	"opus of WhatsApp":   {ogg("OpusHead\x01\x01"), filetype.Ogg},
	"vorbis":             {ogg("\x01vorbis\x00"), filetype.Ogg},
	"amr":                {[]byte("#!AMR\n\x3c\x00\x00"), filetype.AMR},
	"amr wide":           {[]byte("#!AMR-WB\n\x3c\x00\x00"), filetype.AMRWide},
	"wav":                {[]byte("RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00"), filetype.WAV},
	"wav with notes":     {[]byte("RIFF\x24\x00\x00\x00WAVEJUNK\x04\x00\x00\x00abcdfmt \x10\x00\x00\x00"), filetype.WAV},
	"aac":                {frames("\xff\xf1\x50\x80\x02\x1f\xfc", 16), filetype.AAC},
	"mp3":                {frames("\xff\xfb\x90\x00", 417), filetype.MP3},
	"mp3 behind a title": {append([]byte("ID3\x03\x00\x00\x00\x00\x00\x0aTIT2 lagu "), frames("\xff\xf3\x40\xc0", 104)...), filetype.MP3},
}

// A recording is known by what is in it, whatever its name.
func TestSoundIsKnownByContent(t *testing.T) {
	for name, tt := range sounds {
		info, err := filetype.Sound(bytes.NewReader(tt.file), int64(len(tt.file)))
		if err != nil || info.MediaType != tt.want || info.Size != int64(len(tt.file)) || info.Extension != filetype.SoundEnding(tt.want) {
			t.Errorf("%s: %+v, %v, want %s", name, info, err, tt.want)
		}
	}
}

// What has moving pictures is no recording, nor is what only begins like one.
func TestWhatIsNoSoundIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		want filetype.Reason
	}{
		"a film":                      {mp4("isom", "soun", "vide"), filetype.Video},
		"a film of a browser":         {webm(1, 2), filetype.Video},
		"a film without sound":        {webm(1), filetype.Video},
		"a film in ogg":               {ogg("\x80theora", "\x01vorbis"), filetype.Video},
		"an MP4 without tracks":       {mp4("M4A "), filetype.Unknown},
		"a photo in an MP4's clothes": {mp4("heic"), filetype.Unknown},
		"a matroska that is no webm":  {bytes.Replace(webm(2), []byte("webm"), []byte("mkvx"), 1), filetype.Unknown},
		"another ogg":                 {ogg("fishead\x00"), filetype.Unknown},
		"a riff of something else":    {[]byte("RIFF\x24\x00\x00\x00AVI LIST"), filetype.Unknown},
		"a page":                      {[]byte("<!DOCTYPE html><audio>"), filetype.Unknown},
		"one frame and a program":     {append([]byte("\xff\xfb\x90\x00"), make([]byte, 900)...), filetype.Unknown},
		"a title and nothing":         {[]byte("ID3\x03\x00\x00\x7f\x7f\x7f\x7f"), filetype.Unknown},
		"nothing":                     {nil, filetype.Empty},
		"longer than any":             {append(slices.Clone(sounds["amr"].file), make([]byte, filetype.SoundBytes)...), filetype.TooLarge},
	} {
		_, err := filetype.Sound(bytes.NewReader(tt.file), int64(len(tt.file)))
		if r, ok := errors.AsType[*filetype.Refusal](err); !ok || r.Reason != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	for name, tt := range sounds { // cut off anywhere, nothing fails
		for n := range len(tt.file) {
			if _, err := filetype.Sound(strings.NewReader(string(tt.file[:n])), int64(n)); err != nil {
				if _, ok := errors.AsType[*filetype.Refusal](err); !ok {
					t.Fatalf("%s cut at %d: %v", name, n, err)
				}
			}
		}
	}
}

// Boxes within boxes without end are not followed.
func TestDeepBoxesAreNotFollowed(t *testing.T) {
	deep := bytes.Repeat([]byte("\x00\x00\x00\x00moov"), filetype.SoundBytes/8)
	file := append(boxOf("ftyp", []byte("M4A ")), deep...)
	if _, err := filetype.Sound(bytes.NewReader(file[:filetype.SoundBytes]), filetype.SoundBytes); err == nil {
		t.Error("it was taken")
	}
}
