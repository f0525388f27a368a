/// How a transport whose address nobody knows yet is warmed up: so many mails on the first day, and twice as many on each
/// further day on which it sends.
package struct WarmUpSettings: Sendable, Equatable {
    /// Mails of the first day, 1 to 1000000. Else 50.
    package var first: Int?
    /// The warm-up is over when a day would be given so many, 2 to 1000000000. Else 50000.
    package var until: Int?
}

extension WarmUpSettings: Decodable {
    private enum Key: String, CaseIterable, CodingKey {
        case first, until
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: Key.self, of: "'warmUp'")
        let values = try decoder.container(keyedBy: Key.self)
        first = try values.decodeIfPresent(Int.self, forKey: .first)
        until = try values.decodeIfPresent(Int.self, forKey: .until)
    }
}
