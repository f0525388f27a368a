/// `1 dead letter`, `4000 dead letters`.
enum Count {
    static func ofLetters(_ count: Int) -> String { count == 1 ? "1 dead letter" : "\(count) dead letters" }
}
