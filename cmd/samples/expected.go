package main

// expected is what becomes of each sample of spreadsheets, by its name. Titles, units and other
// tables have no column that is named like a name: the mapping page then asks, and guesses nothing.
var expected = map[string]string{
	"cr_line_ends.csv":                       "asked for the column of names, read 133 rows",
	"id_lpk_blk_half_a.csv":                  "read 1586 rows, refused 0",
	"id_lpk_blk_semicolon_cp1252.csv":        "read 400 rows, refused 0",
	"jkt_kejadian_mdy.csv":                   "asked for the column of names, read 1592 rows",
	"jkt_kode_wilayah_cr.csv":                "asked for the column of names, read 267 rows",
	"jkt_small_clean.csv":                    "asked for the column of names, read 15 rows",
	"large.xlsx":                             "asked for the column of names, read 30 rows",
	"latin1_spanish.csv":                     "asked for the column of names, read 115 rows",
	"mixed_dates.csv":                        "asked for the column of names, read 3 rows",
	"one_byte.csv":                           "refused: empty",
	"opensid_contoh_penduduk.xlsx":           "read 97 rows, refused 1",
	"opensid_format_impor.xlsm":              "refused: macro",
	"opensid_klasifikasi_surat.csv":          "read 2331 rows, refused 540",
	"pasted_from_excel.csv":                  "refused: header_not_found",
	"tika_protectedSheets.xlsx":              "asked for the column of names, read 1 rows",
	"tika_testDataConnections.xlsx":          "refused: empty",
	"tika_testEXCEL_big_numbers.xlsx":        "refused: header_not_found",
	"tika_testEXCEL_dateFormats.xlsx":        "asked for the column of names, read 2 rows",
	"tika_testEXCEL_protected_passtika.xlsx": "refused: locked",
	"uk_gias.csv":                            "asked for the column of names, read 1 rows",
	"uk_providers.csv":                       "read 1962 rows, refused 56",
	"unicode_sheet.xls":                      "refused: xls_old",
	"us_nj_etpl_2021_04.csv":                 "read 470 rows, refused 344",
	"utf16le.csv":                            "asked for the column of names, read 327 rows",
	"utf8_bom.csv":                           "refused: empty",
	"xlsx_nik_as_date_cell.xlsx":             "read 1 rows, refused 0",
	"xlsx_nik_number_15_digits.xlsx":         "asked for the column of names, read 2 rows",
}
