extension String {
    /// Without the marks of direction that pdftotext adds, and with one space for each gap.
    var plain: String {
        let marks: ClosedRange<Unicode.Scalar> = "\u{202A}"..."\u{202E}"
        return String(String.UnicodeScalarView(unicodeScalars.filter { !marks.contains($0) }))
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
