extension PDFObjects {
    /// The one page of a certificate.
    var page: (id: Int, body: ArraySlice<UInt8>) {
        get throws(UnexpectedPDF) {
            for (id, body) in bodies.enumerated() {
                if let body, body.starts(with: "<< /Type /Page ".utf8) { return (id, body) }
            }
            throw UnexpectedPDF("page")
        }
    }

    func resources(of page: ArraySlice<UInt8>) throws(UnexpectedPDF) -> (id: Int, body: ArraySlice<UInt8>) {
        guard let id = Self.reference("/Resources ", in: page) else { throw UnexpectedPDF("resources") }
        return (id, try self[id])
    }

    /// The bytes of a stream.
    func inflated(_ id: Int?, _ compression: Compression) throws(UnexpectedPDF) -> [UInt8] {
        guard let id else { throw UnexpectedPDF("content") }
        let body = try self[id]
        guard let start = body.range(of: "stream\n"), let end = body.range(of: "endstream", backwards: true),
            let bytes = compression.inflate(Array(body[start.upperBound..<end.lowerBound]))
        else { throw UnexpectedPDF("content") }
        return bytes
    }
}
