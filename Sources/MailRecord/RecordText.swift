/// Texts of others as the record keeps them.
enum RecordText {
    /// Without the zero byte, which PostgreSQL cannot hold, and cut.
    static func line(_ text: String, atMost count: Int = 1000) -> String {
        let scalars = text.unicodeScalars.lazy.filter { $0.value != 0 }.prefix(count)
        return String(String.UnicodeScalarView(scalars))
    }
}
