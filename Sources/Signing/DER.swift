/// Writes values of ASN.1 in their distinguished encoding (X.690, 10).
package enum DER {
    /// - Parameter tag: the identifier octet, of one byte (X.690, 8.1.2).
    package static func element(_ tag: UInt8, _ contents: some Collection<UInt8>) -> [UInt8] {
        var length: [UInt8] = []
        if contents.count < 128 {
            length = [UInt8(contents.count)]
        } else {
            var rest = contents.count
            while rest > 0 {
                length.insert(UInt8(rest & 255), at: 0)
                rest >>= 8
            }
            length.insert(0x80 | UInt8(length.count), at: 0)
        }
        return [tag] + length + contents
    }

    package static let null = element(0x05, [])

    package static func sequence(_ elements: [UInt8]...) -> [UInt8] { element(0x30, elements.joined()) }

    /// In ascending order, as 11.6 wants it.
    package static func set(_ elements: [[UInt8]]) -> [UInt8] { element(0x31, sorted(elements)) }

    /// The contents of a set.
    package static func sorted(_ elements: [[UInt8]]) -> [UInt8] {
        elements.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
    }

    package static func integer(_ number: Int) -> [UInt8] {
        unsigned(withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) })
    }

    /// - Parameter magnitude: a number that is not negative, the highest byte first.
    package static func unsigned(_ magnitude: some Collection<UInt8>) -> [UInt8] {
        let digits = magnitude.drop { $0 == 0 }
        return element(0x02, (digits.first.map { $0 < 128 } ?? false) ? Array(digits) : [0] + digits)
    }

    package static func boolean(_ value: Bool) -> [UInt8] { element(0x01, [value ? 0xFF : 0]) }

    package static func octets(_ bytes: [UInt8]) -> [UInt8] { element(0x04, bytes) }

    package static func bits(_ bytes: [UInt8], unused: UInt8 = 0) -> [UInt8] { element(0x03, [unused] + bytes) }

    /// UTF8String.
    package static func text(_ text: String) -> [UInt8] { element(0x0C, text.utf8) }

    /// `1, 2, 840, …`
    package static func identifier(_ arcs: Int...) -> [UInt8] {
        var contents = [UInt8(40 * arcs[0] + arcs[1])]
        for arc in arcs.dropFirst(2) {
            var septets = [UInt8(arc & 127)]
            var rest = arc >> 7
            while rest > 0 {
                septets.insert(UInt8(rest & 127) | 128, at: 0)
                rest >>= 7
            }
            contents += septets
        }
        return element(0x06, contents)
    }

    /// A value with a tag of its own around it: `[0] EXPLICIT`.
    package static func tagged(_ number: UInt8, _ value: [UInt8]) -> [UInt8] { element(0xA0 | number, value) }
}
