/// An answer.
package struct HTTPResponse: Sendable {
    package typealias Field = (name: String, value: String)

    package var status: HTTPStatus
    /// Beside those that every answer has: see ``SecurityFields``. A field that is given here replaces the same of those.
    /// Names and values are ours: a value that comes from outside is checked before it gets here.
    package var fields: [Field]
    package var body: [UInt8]
    /// What comes in place of the body, for as long as somebody reads it.
    package var stream: ByteStream?

    package init(_ status: HTTPStatus, fields: [Field] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// - Parameter type: the media type of the body.
    package init(_ status: HTTPStatus, _ type: String, _ body: [UInt8], fields: [Field] = []) {
        self.init(status, fields: [("Content-Type", type)] + fields, body: body)
    }

    /// - Parameter type: the media type of what comes.
    package init(_ status: HTTPStatus, _ type: String, _ stream: ByteStream, fields: [Field] = []) {
        self.init(status, fields: [("Content-Type", type)] + fields)
        self.stream = stream
    }

    package static func json(_ status: HTTPStatus, _ body: [UInt8]) -> Self { Self(status, "application/json", body) }

    package static func problem(_ status: HTTPStatus, _ detail: String? = nil, fields: [Field] = []) -> Self {
        Self(status, Problem.mediaType, Problem(status, detail).json, fields: fields)
    }
}
