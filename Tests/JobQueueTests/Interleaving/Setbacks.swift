/// What befell an entry beside the deaths of its workers.
struct Setbacks: Equatable {
    var interruptions = 0
    var losses = 0
    /// From whom it was taken last because that worker was silent.
    var silent = ""
}
