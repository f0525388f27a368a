/// The fields of a job: names and values of any bytes, as producers may write any.
public struct LetterFields: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: [UInt8]
        public let value: [UInt8]

        public init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    public let list: [Field]

    public init(_ list: [Field]) { self.list = list }

    public init(_ fields: [String: String]) {
        list = fields.map { Field(name: Array($0.utf8), value: Array($1.utf8)) }
    }

    public subscript(name: String) -> [UInt8]? { list.first { $0.name.elementsEqual(name.utf8) }?.value }

    /// The value as text; bytes that are not UTF-8 become replacement characters.
    public func text(_ name: String) -> String? { self[name].map { String(decoding: $0, as: UTF8.self) } }

    public func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
}
