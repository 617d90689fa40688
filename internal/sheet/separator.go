package sheet

import (
	"bufio"
	"bytes"
)

// separators are what may stand between the fields of a CSV, the likelier first.
const separators = ",;\t|"

// separatorLines is how many records decide.
const separatorLines = 20

// separatorHint reads Excel's own first line "sep=;" and gives its separator, or 0.
func separatorHint(opening []byte) byte {
	if len(opening) < 6 || !bytes.EqualFold(opening[:4], []byte("sep=")) {
		return 0
	}
	if bytes.IndexByte([]byte(separators), opening[4]) < 0 || (opening[5] != '\r' && opening[5] != '\n') {
		return 0
	}
	return opening[4]
}

// separatorOf takes the separator that cuts most of the first records into the
// same number of fields; when several do, the one that makes more fields.
// Quotation marks are honoured, so that commas in addresses do not count.
func separatorOf(opening []byte, whole, tsv bool) byte {
	best, bestShare, bestFields := byte(','), 0.0, 1
	if tsv {
		best = '\t'
	}
	for _, sep := range []byte(separators) {
		share, fields := regularity(opening, whole, sep)
		if fields > 1 && (share > bestShare || share == bestShare && fields > bestFields) {
			best, bestShare, bestFields = sep, share, fields
		}
	}
	return best
}

// regularity is the share of the first records that have the commonest number
// of fields above one, and that number.
func regularity(opening []byte, whole bool, sep byte) (share float64, fields int) {
	rec := records{in: bufio.NewReader(bytes.NewReader(opening)), separator: sep, limits: Options{MaxCell: len(opening) + 1}}
	var counts []int
	for len(counts) < separatorLines {
		record, err := rec.next()
		if err != nil {
			break
		}
		if len(record) > 1 || record[0] != "" {
			counts = append(counts, len(record))
		}
	}
	if !whole && len(counts) > 1 && len(counts) < separatorLines {
		counts = counts[:len(counts)-1] // the last record is cut off
	}
	times := map[int]int{}
	for _, n := range counts {
		times[n]++
		if n > 1 && (times[n] > times[fields] || times[n] == times[fields] && n > fields) {
			fields = n
		}
	}
	if fields < 2 {
		return 0, 1
	}
	return float64(times[fields]) / float64(len(counts)), fields
}
