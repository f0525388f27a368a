internal import Tracing

/// The head of a request, before anything of its body is read.
struct RequestHead {
    enum Decision {
        case serve(HTTPRequest, Route)
        case refuse(HTTPResponse)
    }

    /// Nil when it is none that we know.
    let method: HTTPMethod?
    let target: [UInt8]
    let fields: HTTPFields
    let id: String
    /// The address of the connection.
    let client: String
    private let length: HTTPFields.Occurrence
    private let transferCoding: HTTPFields.Occurrence

    init(method: HTTPMethod?, target: [UInt8], fields: HTTPFields, id: String, client: String) {
        (self.method, self.target, self.fields, self.id, self.client) = (method, target, fields, id, client)
        length = fields.occurrence(of: "Content-Length")
        transferCoding = fields.occurrence(of: "Transfer-Encoding")
    }

    /// Also where its length cannot be read.
    var hasBody: Bool {
        if case .never = length { return isChunked }
        return isChunked || contentLength != 0
    }

    func decide(_ router: Router, _ gatekeeper: any Gatekeeper, _ bodyLimit: Int) -> Decision {
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        let match = router.match(method, path)
        // Before all else: a stranger must not learn from the answer what there is.
        let admission =
            isPublic(match, path, router)
            ? gatekeeper.admitAnybody(fields, from: client) : gatekeeper.admit(fields, from: client)
        guard case .admitted(let principal) = admission else {
            return .refuse(admission.refusal ?? .problem(.unauthorized))
        }
        if let refusal = bodyRefusal(match.bodyBytes(atMost: bodyLimit)) { return .refuse(refusal) }
        switch match {
        case .notFound: return .refuse(.problem(.notFound, "There is nothing by this path."))
        case .unreadable: return .refuse(.problem(.badRequest, "The path cannot be read."))
        case .notAllowed(let methods):
            let list = methods.map(\.rawValue).joined(separator: ", ")
            return .refuse(.problem(.methodNotAllowed, "Use one of: \(list).", fields: [("Allow", list)]))
        case .found(let route, let parameters):
            guard let method, principal.role.allows(route.role) else {
                return .refuse(.problem(.forbidden, "That needs the role \(route.role.rawValue)."))
            }
            let query = FormText(target[path.endIndex...].dropFirst())
            var request = HTTPRequest(method: method, path: path, query: query, fields: fields, id: id)
            request.parameters = parameters
            request.principal = principal
            request.client = client
            request.trace = trace
            return .serve(request, route)
        }
    }

    /// W3C Trace Context: one `traceparent`, else there is none.
    private var trace: TraceContext? {
        guard let parent = fields.occurrence(of: "traceparent").text else { return nil }
        return TraceContext(traceparent: parent, tracestate: fields.list("tracestate"))
    }

    private func isPublic(_ match: Router.Match, _ path: ArraySlice<UInt8>, _ router: Router) -> Bool {
        if case .found(let route, _) = match { return route.role == .public }
        return !router.isGuarded(path)
    }

    private var isChunked: Bool { if case .never = transferCoding { false } else { true } }

    /// Nil where it is no number of digits alone.
    private var contentLength: Int? {
        guard let digits = length.value, (1...18).contains(digits.count) else { return nil }
        return digits.reduce(into: Optional(0)) { number, digit in
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
            number = isDigit ? number.map { $0 * 10 + Int(digit - UInt8(ascii: "0")) } : nil
        }
    }

    /// What is packed may be a thousand times as large once it is unpacked: nothing here is.
    private func bodyRefusal(_ bodyLimit: Int) -> HTTPResponse? {
        if let refusal = framingRefusal(bodyLimit) { return refusal }
        let coding = fields.occurrence(of: "Content-Encoding")
        if !hasBody { return nil }
        if case .never = coding { return nil }
        guard coding.text?.lowercased() == "identity" else {
            return .problem(.unsupportedMediaType, "A body must come as it is, without a Content-Encoding.")
        }
        return nil
    }

    /// Two ways to tell where a body ends are one too many: what one server takes for its end, another may not (RFC 9112,
    /// section 6.3).
    private func framingRefusal(_ bodyLimit: Int) -> HTTPResponse? {
        if isChunked, transferCoding.text?.lowercased() != "chunked" {
            return .problem(.notImplemented, "The one transfer coding here is chunked.")
        }
        if case .never = length { return nil }
        guard !isChunked, let contentLength else { return .problem(.badRequest, "Where the body ends is not clear.") }
        guard contentLength <= bodyLimit else {
            return .problem(.contentTooLarge, "A body may have \(bodyLimit) bytes here.")
        }
        return nil
    }
}
