/// One step of a compiled template. A section's body follows it directly, up to `end`.
enum Instruction: Sendable {
    /// Bytes of the source, possibly several lines.
    case text(Range<Int>, startsLine: Bool)
    /// A line begins with a tag: where the indentation of a partial goes.
    case lineStart
    case value(Path, Escaping)
    case section(Path, end: Int)
    case inverted(Path, end: Int)
    /// A partial on a line of its own brings that line's indentation to each of its lines.
    case partial(String, indent: [UInt8])
}
