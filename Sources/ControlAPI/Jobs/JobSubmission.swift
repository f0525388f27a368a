internal import Jobs

/// What the body of `POST /v1/jobs` asks for.
enum JobSubmission {
    /// More jobs than that come in several requests.
    private static let most = 10_000

    case one(JobSpecification)
    /// Each by itself: what is wrong with one holds up no other.
    case many([Result<JobSpecification, Refusal>])

    init(_ body: [UInt8], _ desk: JobDesk) throws(Refusal) {
        guard (try? UTF8Span(validating: body.span)) != nil else { throw .malformed("The body is not UTF-8.") }
        // A closure's typed error is not inferred.
        self = try body.withUnsafeBufferPointer { bytes in
            Result<JobSubmission, Refusal> { () throws(Refusal) in try Self.read(bytes, desk) }
        }.get()
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ desk: JobDesk) throws(Refusal) -> Self {
        var scanner = JSONScanner(bytes)
        guard (try? scanner.peek()) == UInt8(ascii: "[") else {
            var object = try JSONObject(bytes)
            return .one(try JobSpecification(&object, desk))
        }
        var ranges: [Range<Int>] = []
        do throws(JSONScanner.Malformed) {
            try scanner.elements { (range) throws(JSONScanner.Malformed) in ranges.append(range) }
            try scanner.finish()
        } catch {
            throw .malformed("The body is no JSON.")
        }
        guard ranges.count <= most else {
            throw Refusal(.contentTooLarge, "There are \(ranges.count) jobs in one request; \(most) are allowed.")
        }
        return .many(
            ranges.enumerated().map { index, range in
                Result { () throws(Refusal) in
                    var object = try JSONObject(bytes, range, at: "/\(index)")
                    var specification = try JobSpecification(&object, desk)
                    specification.bindKey(to: bytes[range], desk)
                    return specification
                }
            })
    }
}
