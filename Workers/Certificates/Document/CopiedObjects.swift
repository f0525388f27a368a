/// Objects of one file, with all that they refer to, to be put into others, where they have other numbers.
struct CopiedObjects: Sendable {
    private enum Part: Sendable {
        case bytes([UInt8])
        /// The place of another of these objects.
        case reference(Int)
    }

    private var objects: [[Part]] = []

    /// - Parameter ids: of those that come first, in this order.
    init(_ ids: [Int], from file: PDFObjects) throws(UnexpectedPDF) {
        var ids = ids
        while objects.count < ids.count {
            let body = try file[ids[objects.count]]
            objects.append(
                Self.parts(of: body) { id in
                    if let place = ids.firstIndex(of: id) { return place }
                    ids.append(id)
                    return ids.count - 1
                })
        }
    }

    /// - Returns: the number of the first; the others follow.
    func append(to file: inout PDFObjects) -> Int {
        let first = file.bodies.count
        for parts in objects {
            var body: [UInt8] = []
            for part in parts {
                switch part {
                case .bytes(let bytes): body += bytes
                case .reference(let place): body += "\(first + place)".utf8
                }
            }
            _ = file.append(body)
        }
        return first
    }

    /// References, as in `/FontDescriptor 30 0 R`, are in what stands before a stream.
    private static func parts(of body: ArraySlice<UInt8>, place: (Int) -> Int) -> [Part] {
        var parts: [Part] = [], rest = body
        let head = body[..<(body.range(of: "stream\n")?.lowerBound ?? body.endIndex)]
        while let mark = head[rest.startIndex...].range(of: " 0 R") {
            let before = head[rest.startIndex..<mark.lowerBound]
            let start = before.lastIndex { !PDFReader.isDigit($0) }.map { $0 + 1 } ?? before.startIndex
            var reader = PDFReader(before, at: start)
            parts.append(.bytes(Array(before[..<start])))
            if let id = reader.integer() { parts.append(.reference(place(id))) }
            parts.append(.bytes(Array(rest[mark])))
            rest = rest[mark.upperBound...]
        }
        return parts + [.bytes(Array(rest))]
    }
}
