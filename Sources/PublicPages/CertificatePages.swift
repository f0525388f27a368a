package import CertificateBadges
package import CertificateRecord
package import HTTPServer

/// What anybody may learn of a certificate: its page, by its code, and what programs need to verify it.
///
/// Codes have 80 random bits. Whether one exists costs one look-up, whatever it is.
package struct CertificatePages: Sendable {
    /// Nil where there is no database: then all is unavailable.
    let record: CertificateRecord?

    /// Nil where no badges are made.
    private let authority: BadgeAuthority?

    package init(record: CertificateRecord?, authority: BadgeAuthority? = nil) {
        (self.record, self.authority) = (record, authority)
    }

    /// What verifies a badge may be a page of another site: nothing here is a secret of the browser's user.
    static let anyOrigin = ("Access-Control-Allow-Origin", "*")

    package var routes: [Route] {
        [
            Route(
                .get, "/certificates", role: .public, "a form for a certificate's code",
                .awaiting { try await search($0) }),
            Route(
                .get, "/certificates/{code}", role: .public, "whether it is genuine: a page, or JSON",
                .awaiting { try await page(of: $0.parameters["code"], $0) }),
            Route(
                .get, "/certificates/{code}/badge", role: .public, "its Open Badges credential, a JWT",
                .awaiting { try await badge($0) }),
            Route(
                .get, "/certificates/achievements/{course}/{version}", role: .public,
                "what a course awards: a page, or JSON", .awaiting { try await achievement($0) }),
        ]
    }

    // MARK: - A certificate

    private func search(_ request: HTTPRequest) async throws -> HTTPResponse {
        if let code = request.query["code"] { return try await page(of: code, request) }
        let language = request.language
        return try SearchPage(language, state: "ask", texts: \.ask).response(.ok)
    }

    private func page(of code: String, _ request: HTTPRequest) async throws -> HTTPResponse {
        let certificate = try await find(code, request)
        switch (request.acceptedType, certificate) {
        case (.json, let certificate?): return .json(.ok, CertificateAnswer(certificate).json)
        case (.json, nil): return .problem(.notFound, "There is no such certificate.")
        case (.html, let certificate?): return try CertificatePage(certificate, request.language).response
        case (.html, nil):
            return try SearchPage(request.language, state: "unknown", texts: \.unknown).response(.notFound)
        }
    }

    private func badge(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let badge = try await find(request.parameters["code"], request)?.badge else {
            return .problem(.notFound, "There is no such credential.")
        }
        return HTTPResponse(.ok, "application/vc+jwt", Array(badge.utf8), fields: [Self.anyOrigin])
    }

    /// One that is issued. What is no code is looked up like any other.
    private func find(_ code: String, _ request: HTTPRequest) async throws -> CertificateDescription? {
        let found = try await asking(request) { try await $0.find(CertificateCode(code) ?? CertificateCode()) }
        return found?.state == .issuing ? nil : found
    }

    // MARK: - A course

    private func achievement(_ request: HTTPRequest) async throws -> HTTPResponse {
        let course = request.parameters["course"]
        var found: CertificateDetails?
        if let version = Int32(request.parameters["version"]) {
            found = try await asking(request) { try await $0.achievement(course: course, version: Int(version)) }
        }
        switch (request.acceptedType, found) {
        case (.json, let details?):
            let id = authority?.achievementURL(course: course, version: Int(request.parameters["version"]) ?? 1)
            let answer = AchievementAnswer(details, id: id).json
            return HTTPResponse(.ok, "application/json", answer, fields: [Self.anyOrigin])
        case (.json, nil): return .problem(.notFound, "There is no such achievement.")
        case (.html, let details?): return try AchievementPage(details, request.language).response
        case (.html, nil):
            let texts = CertificateTexts.in(request.language)
            return try NoticePage(texts.title, texts.noAchievement, .problem, request.language).response(.notFound)
        }
    }

    /// - Throws: an ``HTTPError`` that says it cannot be known now.
    private func asking<Value>(
        _ request: HTTPRequest, _ ask: (CertificateRecord) async throws -> Value
    ) async throws -> Value {
        do {
            guard let record else { throw UnavailableRecord() }
            return try await ask(record)
        } catch {
            throw HTTPError(answer: try unavailable(request), cause: error)
        }
    }

    private func unavailable(_ request: HTTPRequest) throws -> HTTPResponse {
        guard case .html = request.acceptedType else {
            return .problem(.serviceUnavailable, "It cannot be looked up now.")
        }
        let texts = CertificateTexts.in(request.language)
        return try NoticePage(texts.title, texts.unavailable, .problem, request.language).response(.serviceUnavailable)
    }
}
