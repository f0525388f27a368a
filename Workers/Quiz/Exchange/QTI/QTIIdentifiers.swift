/// Ids as QTI wants them: they begin with a letter or `_` and go on with letters, digits, `_`, `-` and `.`
/// (https://www.imsglobal.org/spec/qti/v3p0/: identifier, an NCName). Those that are right stay as they are.
struct QTIIdentifiers {
    private var written: [String: String] = [:]

    init(_ ids: [String]) {
        var used = Set(ids.filter(Self.isValid))
        for id in ids where written[id] == nil {
            guard !Self.isValid(id) else {
                written[id] = id
                continue
            }
            let base = Self.corrected(id)
            var (name, number) = (base, 2)
            while !used.insert(name).inserted {
                name = "\(base)_\(number)"
                number += 1
            }
            written[id] = name
        }
    }

    subscript(id: String) -> String { written[id] ?? Self.corrected(id) }

    private static func isValid(_ id: String) -> Bool {
        id.unicodeScalars.first.map { isLetter($0) || $0 == "_" } ?? false && id.unicodeScalars.allSatisfy(isPart)
    }

    private static func corrected(_ id: String) -> String {
        "_" + id.unicodeScalars.map { isPart($0) ? String($0) : "_" }.joined()
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && scalar.properties.isAlphabetic }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || ("0"..."9").contains(scalar) || "_-.".unicodeScalars.contains(scalar)
    }
}
