/// What is wrong with a request, for programs and people (RFC 9457).
///
/// It never says what happened inside: that is in the log, under the request's id.
struct Problem: Sendable {
    static let mediaType = "application/problem+json"

    private let status: HTTPStatus
    private let detail: String?

    /// - Parameter detail: a sentence of ours, with nothing in it that the client sent.
    init(_ status: HTTPStatus, _ detail: String? = nil) {
        self.status = status
        self.detail = detail
    }

    /// Its `type` is left out, which stands for "about:blank": the status says it all.
    var json: [UInt8] {
        let detail = self.detail.map { #","detail":"\#(Self.escaped($0))""# } ?? ""
        return Array(#"{"title":"\#(status.name)","status":\#(status.code)\#(detail)}"#.utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case _ where scalar.value < 0x20: escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
