extension InvalidDocument {
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(path: Self.path(context.codingPath + [key]), "is missing")
        case .typeMismatch(let type, let context):
            self.init(path: Self.path(context.codingPath), "must be \(Self.title(of: type))")
        case .valueNotFound(let type, let context):
            self.init(path: Self.path(context.codingPath), "is null; write \(Self.title(of: type)), or leave it out")
        case .dataCorrupted(let context):
            self.init(path: Self.path(context.codingPath), Self.predicate(context))
        @unknown default:
            self.init(path: "", "cannot be read")
        }
    }

    static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(QuizPath.root) { path, key in
            key.intValue.map(path.index) ?? path.key(String(key.stringValue.prefix(60)))
        }.text
    }

    /// Our own types say what is wrong of themselves; JSON that cannot be read is the decoder's finding.
    private static func predicate(_ context: DecodingError.Context) -> String {
        context.underlyingError == nil ? context.debugDescription : "is not JSON; write an object"
    }

    private static func title(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any Collection.Type where "\(type)".hasPrefix("Array"): "a list"
        default: "an object"
        }
    }
}
