/// One value or key of a payload, found by the ``PayloadScanner``.
///
/// Entries stand in the order of the text: a container, then everything inside it, then what follows it. Inside an
/// object keys and values alternate. 32-bit numbers keep an entry at 16 bytes, four to a cache line.
struct PayloadEntry {
    enum Kind: UInt8 {
        case null, `true`, `false`
        /// A number without fraction and exponent.
        case integer
        /// Any other number.
        case decimal
        /// A string, without its quotes, whose bytes are its characters.
        case string
        /// A string, without its quotes, with at least one escape sequence.
        case escapedString
        case array, object

        var isNumber: Bool { self == .integer || self == .decimal }
    }

    /// The offset of the value's text; the quotes of a string are not part of it.
    var start: Int32
    /// The bytes of a scalar's text, the elements of an array, the keys of an object.
    var count: Int32
    /// The index of the entry after this value and everything inside it.
    var next: Int32
    var kind: Kind
}
