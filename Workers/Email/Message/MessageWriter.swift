/// The bytes of a message as they grow. Lines of a header field are broken before a word that would go beyond 76 columns.
struct MessageWriter {
    private static let maxColumns = 76

    private(set) var bytes: [UInt8] = []
    private var column = 0
    private var isAtFirstWord = false

    init(reservingCapacity capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func append(_ text: String) { bytes += text.utf8 }

    mutating func append(text: [UInt8], _ encoding: BodyEncoding) { encoding.append(text: text, to: &bytes) }

    mutating func append(file: [UInt8]) { Base64.appendLines(file, to: &bytes) }

    /// A field whose value is short and of our own making.
    mutating func appendField(_ name: String, _ value: String) {
        beginField(name)
        appendWord(value.utf8)
        endField()
    }

    mutating func beginField(_ name: String) {
        append(name)
        bytes.append(UInt8(ascii: ":"))
        column = name.utf8.count + 1
        isAtFirstWord = true
    }

    /// A word that stays on one line.
    mutating func appendWord(_ word: some Collection<UInt8>) {
        let length = 1 + word.count
        // The first word stays beside the name: a field of blank lines confuses some readers.
        if column + length > Self.maxColumns, !isAtFirstWord {
            append("\r\n")
            column = 0
        }
        isAtFirstWord = false
        bytes.append(UInt8(ascii: " "))
        bytes += word
        column += length
    }

    mutating func endField() { append("\r\n") }

    mutating func endLine() { if !bytes.suffix(2).elementsEqual("\r\n".utf8) { append("\r\n") } }
}
