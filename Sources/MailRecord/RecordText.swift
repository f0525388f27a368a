/// Texts of others as the record keeps them.
enum RecordText {
    /// Without the zero byte, which PostgreSQL cannot hold, and cut.
    static func line(_ text: String, atMost count: Int = 1000) -> String {
        if text.utf8.count <= count, !text.utf8.contains(0) { return text }
        let scalars = text.unicodeScalars.lazy.filter { $0.value != 0 }.prefix(count)
        return String(String.UnicodeScalarView(scalars))
    }
}
