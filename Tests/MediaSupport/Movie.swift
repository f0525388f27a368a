/// A QuickTime movie, box by box, in which any number may be a lie.
struct Movie {
    var width: UInt16 = 16
    var height: UInt16 = 16
    /// In a second.
    var ticks: UInt32 = 10
    /// Of each frame.
    var frameTicks: UInt32 = 1
    /// How many frames it claims to have; up to 40 it does.
    var frames: UInt32 = 20
    /// `raw ` is red, green and blue, one byte each.
    var format = "raw "
    /// Behind what all formats say of themselves.
    var formatBoxes: [UInt8] = []
    var tracks = 1
    var edits: [(ticks: UInt32, start: Int32)] = []
    /// Where the pictures lie; nil is the truth.
    var offset: UInt32?
    var dataReference = Self.box("url ", Self.number(UInt32(1)))
    /// More boxes of the table of frames, of the movie, and behind it.
    var tableBoxes: [UInt8] = []
    var movieBoxes: [UInt8] = []
    var moreBoxes: [UInt8] = []

    static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        number(UInt32(content.count + 8)) + Array(name.utf8) + content
    }

    /// A box with a version and flags.
    static func full(_ name: String, _ content: [UInt8]) -> [UInt8] { box(name, zeros(4) + content) }

    static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian, Array.init)
    }

    static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    static let fileType = box("ftyp", Array("qt  ".utf8) + number(UInt32(0)) + Array("qt  ".utf8))

    var bytes: [UInt8] {
        let pictures = [UInt8](
            repeating: 0x55, count: Int(min(frames, 40)) * Int(min(width, 16)) * Int(min(height, 16)) * 3)
        let track = self.track
        return Self.fileType + Self.box("mdat", pictures)
            + Self.box("moov", header + (0..<tracks).flatMap { _ in track } + movieBoxes) + moreBoxes
    }

    private var duration: UInt32 { frames.multipliedReportingOverflow(by: frameTicks).partialValue }

    private static let matrix =
        number(UInt32(0x10000)) + zeros(12) + number(UInt32(0x10000)) + zeros(12) + number(UInt32(0x4000_0000))

    private var header: [UInt8] {
        Self.full(
            "mvhd",
            Self.zeros(8) + Self.number(ticks) + Self.number(duration) + Self.number(UInt32(0x10000)) + Self.zeros(12)
                + Self.matrix + Self.zeros(24) + Self.number(UInt32(2)))
    }

    private var track: [UInt8] {
        let header = Self.box(
            "tkhd",
            Self.number(UInt32(3)) + Self.zeros(8) + Self.number(UInt32(1)) + Self.zeros(4) + Self.number(duration)
                + Self.zeros(16) + Self.matrix + Self.number(UInt32(width) << 16) + Self.number(UInt32(height) << 16))
        return Self.box("trak", header + editList + media)
    }

    private var editList: [UInt8] {
        guard !edits.isEmpty else { return [] }
        let entries = edits.flatMap { Self.number($0.ticks) + Self.number($0.start) + Self.number(UInt32(0x10000)) }
        return Self.box("edts", Self.full("elst", Self.number(UInt32(edits.count)) + entries))
    }

    private var media: [UInt8] {
        let header = Self.full("mdhd", Self.zeros(8) + Self.number(ticks) + Self.number(duration) + Self.zeros(4))
        let handler = Self.full("hdlr", Array("mhlrvide".utf8) + Self.zeros(13))
        let references = Self.box("dinf", Self.full("dref", Self.number(UInt32(1)) + dataReference))
        let information = Self.box("minf", Self.full("vmhd", Self.zeros(8)) + references + Self.box("stbl", table))
        return Self.box("mdia", header + handler + information)
    }

    private var table: [UInt8] {
        let description = Self.box(
            format,
            Self.zeros(6) + Self.number(UInt16(1)) + Self.zeros(16) + Self.number(width) + Self.number(height)
                + Self.number(UInt32(0x48_0000)) + Self.number(UInt32(0x48_0000)) + Self.zeros(4)
                + Self.number(UInt16(1)) + Self.zeros(32) + Self.number(UInt16(24)) + Self.number(UInt16.max)
                + formatBoxes)
        let one = Self.number(UInt32(1))
        let size = UInt32(width) &* UInt32(height) &* 3
        return Self.full("stsd", one + description)
            + Self.full("stts", one + Self.number(frames) + Self.number(frameTicks))
            + Self.full("stsc", one + one + Self.number(frames) + one)
            + Self.full("stsz", Self.number(size) + Self.number(frames))
            + Self.full("stco", one + Self.number(offset ?? UInt32(Self.fileType.count + 8))) + tableBoxes
    }
}
