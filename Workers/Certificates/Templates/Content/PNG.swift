/// What must be known of an image before a library decodes it.
enum PNG {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let most = (bytes: 2 << 20, side: 4000)

    /// - Throws: for what is no PNG, or so large that it would take much memory.
    static func check(_ bytes: [UInt8], _ title: String) throws(InvalidCertificate) {
        guard bytes.starts(with: signature), bytes.count > 24 else {
            throw InvalidCertificate("\(title) is no PNG image; convert it.")
        }
        let sides = [side(bytes[16..<20]), side(bytes[20..<24])]
        guard bytes.count <= most.bytes, sides.allSatisfy({ (1...most.side).contains($0) }) else {
            throw InvalidCertificate("\(title) is larger than \(most.side) pixels a side or 2 MiB; make it smaller.")
        }
    }

    private static func side(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
