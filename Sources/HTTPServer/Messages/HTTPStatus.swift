/// The status of an answer (RFC 9110, section 15; RFC 6585).
package struct HTTPStatus: Sendable, Equatable {
    package let code: Int
    /// What it is called, as the title of a ``Problem`` has it.
    package let name: String

    private init(_ code: Int, _ name: String) {
        self.code = code
        self.name = name
    }

    package static let ok = Self(200, "OK")
    package static let accepted = Self(202, "Accepted")
    package static let multiStatus = Self(207, "Multi-Status")
    package static let badRequest = Self(400, "Bad Request")
    package static let unauthorized = Self(401, "Unauthorized")
    package static let forbidden = Self(403, "Forbidden")
    package static let notFound = Self(404, "Not Found")
    package static let methodNotAllowed = Self(405, "Method Not Allowed")
    package static let requestTimeout = Self(408, "Request Timeout")
    package static let conflict = Self(409, "Conflict")
    package static let contentTooLarge = Self(413, "Content Too Large")
    package static let unsupportedMediaType = Self(415, "Unsupported Media Type")
    package static let unprocessableContent = Self(422, "Unprocessable Content")
    package static let tooManyRequests = Self(429, "Too Many Requests")
    package static let internalServerError = Self(500, "Internal Server Error")
    package static let notImplemented = Self(501, "Not Implemented")
    package static let serviceUnavailable = Self(503, "Service Unavailable")
    package static let gatewayTimeout = Self(504, "Gateway Timeout")
}
