/// Names in the scripts that certificates are promised in.
let learnerNames = [
    "Bo L", "Wilhelmina Konstantinopolska-Featherstonehaugh van der Westhuizen-Ngu", "శ్రీమతి సూర్యప్రకాశ్ రెడ్డి",
    "श्रीमती लक्ष्मी देवी", "محمد عبد الله الأنصاري", "דוד בן־גוריון", "王小明", "山田 太郎", "สมชาย ใจดี",
    "Nguyễn Thị Ánh Tuyết", "김민수", "Ada 🎓👩‍🚀 Lovelace", "Ελένη Παπαδοπούλου", "Олександра Шевченко", "தமிழ்ச்செல்வி",
    "মৌসুমী চট্টোপাধ্যায়", "የኔነህ ተስፋዬ", "ანა ბერიძე",
]
