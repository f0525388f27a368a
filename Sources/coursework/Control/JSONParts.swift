import ControlAPI

/// The parts of a JSON text as they were written, and in their order, which decoders forget.
enum JSONParts {
    /// Nil for what is no array.
    static func elements(_ json: [UInt8]) -> [String]? {
        json.withUnsafeBufferPointer { bytes in
            var (scanner, parts) = (JSONScanner(bytes), [String]())
            let isArray: Void? = try? scanner.elements { (range) throws(JSONScanner.Malformed) in
                parts.append(String(decoding: bytes[range], as: UTF8.self))
            }
            return isArray == nil ? nil : parts
        }
    }

    /// Nil for what is no object.
    static func orderedMembers(_ json: [UInt8]) -> [(name: String, value: String)]? {
        json.withUnsafeBufferPointer { bytes in
            var (scanner, parts) = (JSONScanner(bytes), [(name: String, value: String)]())
            let isObject: Void? = try? scanner.members { (name, value) throws(JSONScanner.Malformed) in
                let name = String(decoding: bytes[name].dropFirst().dropLast(), as: UTF8.self)
                parts.append((name, String(decoding: bytes[value], as: UTF8.self)))
            }
            return isObject == nil ? nil : parts
        }
    }

    static func members(_ json: [UInt8]) -> [String: String]? {
        orderedMembers(json).map { Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first } }
    }
}
