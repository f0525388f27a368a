internal import FoundationEssentials

extension PayloadVault {
    /// A text with the errors in it that are sealed and can be opened.
    /// - Parameter isJSON: whether it is JSON, in whose texts they stand.
    public func revealed(_ text: String, of type: some StringProtocol, isJSON: Bool = false) -> String {
        Self.replace(in: text, isJSON) { sealed in
            let clear = (try? open(sealed.json, as: .error, of: type)).map { String(decoding: $0, as: UTF8.self) }
            return clear.map { isJSON ? Self.escaped($0) : $0 }
        }
    }

    /// A text with the errors in it sealed by the first key that are sealed by others.
    public func resealed(
        _ text: String, of type: some StringProtocol, isJSON: Bool = false
    ) throws(SealFailure) -> String {
        var failure: SealFailure?
        let text = Self.replace(in: text, isJSON) { sealed in
            guard let key = keys.first, sealed.keyID != key.id else { return nil }
            do throws(SealFailure) {
                let clear = String(decoding: try open(sealed.json, as: .error, of: type), as: UTF8.self)
                let error = self.sealed(error: clear, of: type)
                return isJSON ? Self.escaped(error) : error
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        return text
    }

    /// - Parameter change: what stands in the place of something sealed; nil leaves it.
    private static func replace(in text: String, _ isJSON: Bool, _ change: (SealedText) -> String?) -> String {
        let quote = isJSON ? #"\""# : "\""
        let opening = "sealed \(quote)\(SealedText.version)"
        var (changed, rest) = ("", text[...])
        while let start = rest.firstRange(of: opening), let end = rest[start.upperBound...].firstRange(of: quote) {
            let sealed = SealedText(word: rest[start.upperBound..<end.lowerBound].utf8)
            changed += rest[..<start.lowerBound]
            changed += sealed.flatMap(change) ?? String(rest[start.lowerBound..<end.upperBound])
            rest = rest[end.upperBound...]
        }
        return changed + rest
    }

    /// Between the quotes of a text in JSON.
    private static func escaped(_ text: String) -> String {
        guard let json = try? JSONEncoder().encode(text) else { return "" }
        return String(String(decoding: json, as: UTF8.self).dropFirst().dropLast())
    }
}
