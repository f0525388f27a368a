internal import Jobs

/// A time by which letters are told apart: `2026-12-01T08:00:00Z`, or `2h` for two hours ago, by the clock of Redis.
public enum FilterTime: Sendable, Equatable, CustomStringConvertible {
    /// In milliseconds since 1970.
    case at(Int)
    /// In milliseconds before now.
    case ago(Int)

    public init?(_ text: String) {
        if let ago = try? DurationText.parse(text) {
            self = .ago(Int(ago.milliseconds))
        } else if let time = Timestamp(text) {
            self = .at(time.milliseconds)
        } else {
            return nil
        }
    }

    /// - Parameter now: in milliseconds since 1970.
    public func milliseconds(now: Int) -> Int {
        switch self {
        case .at(let time): time
        case .ago(let duration): now - duration
        }
    }

    /// As it is read again.
    public var text: String {
        switch self {
        case .at(let time): Timestamp(milliseconds: time).precise
        case .ago(let duration): DurationText.format(.milliseconds(duration))
        }
    }

    public var description: String {
        switch self {
        case .at(let time): "\(Timestamp(milliseconds: time))"
        case .ago(let duration): "\(DurationText.format(.milliseconds(duration))) ago"
        }
    }
}
