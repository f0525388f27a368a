internal import Tracing

extension HTTPRequest {
    /// Tells whom we asked, by which method, and how that went: no path and no query.
    func end(_ call: OutsideCall, _ result: Result<HTTPExchange.Response, HTTPExchange.Failure>) {
        var attributes = [SpanAttribute("http.request.method", method.rawValue), SpanAttribute("server.address", host)]
        let errorType: String?
        switch result {
        case .success(let response):
            attributes.append(SpanAttribute("http.response.status_code", response.status))
            errorType = response.status >= 400 ? "\(response.status)" : nil
        case .failure(.cancelled): errorType = "cancelled"
        case .failure(.notSent): errorType = "not sent"
        case .failure(.unanswered): errorType = "unanswered"
        }
        call.end(method.rawValue, .client, attributes, errorType: errorType)
    }

    private var host: String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let hostAndPort = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        guard hostAndPort.first != "[" else { return String(hostAndPort.prefix { $0 != "]" }.dropFirst()) }
        return String(hostAndPort.prefix { $0 != ":" })
    }
}
