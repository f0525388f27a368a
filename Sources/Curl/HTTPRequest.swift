/// What is asked of an HTTP server.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case put = "PUT"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package var method: Method
    /// Encoded, as it is sent.
    package var url: String
    /// `Name: value`.
    package var headers: [String]
    /// Nothing is sent by `get`, `head` and `delete`.
    package var body: [UInt8]
    package var signature: AWSSignature?
    /// More of an answer than this is not kept.
    package var mostAnswerBytes = 64 << 10
    /// Whether the exchange ends there, in place of reading on and dropping what comes.
    package var endsBeyondMostBytes = false

    package init(
        _ method: Method, _ url: String, headers: [String] = [], body: [UInt8] = [], signature: AWSSignature? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.signature = signature
    }
}
