package import CertificateRecord
package import HTTPServer
import JOSE

/// What programs need to verify badges: the issuer, the keys, and which badges are revoked.
package struct CredentialPages: Sendable {
    /// Verifiers may keep answers for so long; a revocation is seen no later.
    private static let maxAge = "public, max-age=60"

    private let publisher: CredentialPublisher?
    private let lists: StatusLists?

    /// - Parameters:
    ///   - publisher: nil where no badges are made: then there is nothing.
    ///   - record: nil where there is no database.
    package init(publisher: CredentialPublisher?, record: CertificateRecord?) {
        self.publisher = publisher
        lists = publisher.flatMap { publisher in record.map { StatusLists(publisher, $0) } }
    }

    package var routes: [Route] {
        [
            Route(
                .get, "/certificates/keys", role: .public, "the keys of badges (RFC 7517)",
                .immediate { _ in answer("application/jwk-set+json", publisher?.keys.json) }),
            Route(
                .get, "/certificates/issuer", role: .public, "who awards badges",
                .immediate { _ in answer("application/json", publisher.map { SortedJSON.bytes($0.issuer) }) }),
            Route(
                .get, "/certificates/did.json", role: .public, "the keys as did:web has them",
                .immediate { _ in answer("application/did+json", publisher?.didDocument) }),
            Route(
                .get, "/certificates/status/{list}", role: .public, "which badges are revoked, a signed JWT",
                .awaiting { try await status($0) }),
        ]
    }

    private func status(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let list = Int32(request.parameters["list"]), "\(list)" == request.parameters["list"] else {
            return answer("", nil)
        }
        do {
            return answer("application/vc+jwt", try await lists?.token(of: Int(list)).map { Array($0.utf8) })
        } catch {
            throw HTTPError(answer: .problem(.serviceUnavailable, "It cannot be looked up now."), cause: error)
        }
    }

    private func answer(_ type: String, _ body: [UInt8]?) -> HTTPResponse {
        guard let body else { return .problem(.notFound, "There is nothing by this path.") }
        return HTTPResponse(.ok, type, body, fields: [("Cache-Control", Self.maxAge), CertificatePages.anyOrigin])
    }
}
