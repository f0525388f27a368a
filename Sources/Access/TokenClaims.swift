internal import HTTPServer
internal import JOSE

/// What a token says whose signature holds (RFC 7519, 4.1).
struct TokenClaims {
    private enum Claim: Decodable {
        case text(String)
        case number(Double)
        case list([Claim])
        case object([String: Claim])
        case other

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let list = try? value.decode([Claim].self) {
                self = .list(list)
            } else if let object = try? value.decode([String: Claim].self) {
                self = .object(object)
            } else {
                self = .other
            }
        }

        var texts: [String] {
            switch self {
            case .text(let text): [text]
            case .list(let list): list.flatMap { if case .text(let text) = $0 { [text] } else { [String]() } }
            case .number, .object, .other: []
            }
        }
    }

    private static let mostSubjectBytes = 200

    private let claims: [String: Claim]

    init?(_ payload: [UInt8]) {
        guard let claims = SortedJSON.value([String: Claim].self, of: payload) else { return nil }
        self.claims = claims
    }

    /// Until when it holds, in milliseconds since 1970, with the leeway.
    func end(_ rules: TokenRules) -> Int? { time("exp").map { $0 + Int(rules.leeway.components.seconds) * 1000 } }

    /// Who it is; nil when it is not for us, or not of this time.
    func principal(_ rules: TokenRules, at now: Int) -> Principal? {
        guard claims["iss"]?.texts == [rules.issuer], claims["aud"]?.texts.contains(rules.audience) == true,
            isValid(rules, at: now), let role = role(rules), let subject = subject
        else { return nil }
        return Principal(.token, id: subject, name: subject, role: role)
    }

    private func isValid(_ rules: TokenRules, at now: Int) -> Bool {
        guard let end = end(rules), now < end else { return false }
        let leeway = Int(rules.leeway.components.seconds) * 1000
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let begin = time(name), begin <= now + leeway else { return false }
        }
        return true
    }

    /// The strongest of those that are told; nil for none that there is.
    private func role(_ rules: TokenRules) -> Role? {
        // A name with a dot in it, as a whole, wins over a path.
        let claim = claims[rules.roleClaim] ?? claim(at: rules.roleClaim.split(separator: ".").map(String.init))
        return (claim?.texts ?? []).compactMap { Role(rawValue: $0) }.filter { $0 != .public }
            .max { !$0.allows($1) }
    }

    private func claim(at path: [String]) -> Claim? {
        guard let first = path.first else { return nil }
        return path.dropFirst().reduce(claims[first]) { claim, name in
            if case .object(let object) = claim { object[name] } else { nil }
        }
    }

    /// For the log and the audit trail: a line without control characters.
    private var subject: String? {
        guard case .text(let subject) = claims["sub"], (1...Self.mostSubjectBytes).contains(subject.utf8.count),
            subject.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        return subject
    }

    private func time(_ name: String) -> Int? {
        guard case .number(let seconds) = claims[name], (0...253_402_300_799).contains(seconds) else { return nil }
        return Int(seconds * 1000)
    }
}
