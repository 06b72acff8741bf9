// What stands in the documents of the pictures.
#pragma once

#include <string_view>

namespace tandem::screenshots {

inline constexpr std::u32string_view movingDay = UR"(# Moving day

Keys from the old flat go back on **Friday before noon**. The new ones
are with the caretaker, second door on the left.

## Before

- [x] Cancel the internet, book the new one
- [x] Boxes: 40 ordered, 12 still in the cellar
- [ ] Who has the big van? Saturday 8:00 would be best
- [ ] Plants travel last, in the blue car

## Order of rooms

1. Books and shelves, so that the boxes can be emptied at once
2. Kitchen: everything marked `K`, glasses on top
3. The piano stays until Monday 🎹

> Lunch is soup and bread for everyone, at the new place.

```
06:30  coffee
07:15  first load    hall, books
11:00  second load   kitchen
```)";

inline constexpr std::u32string_view rightToLeft = UR"(# יום המעבר

המפתחות של הדירה הישנה חוזרים ביום **שישי לפני הצהריים**. החדשים אצל השרת, הדלת השנייה משמאל.

- [x] לבטל את האינטרנט, להזמין חדש
- [ ] מי מביא את המשאית? שבת 8:00 הכי טוב

## يوم الانتقال

تعود مفاتيح الشقة القديمة يوم **الجمعة قبل الظهر**، والجديدة عند البواب.

1. الكتب والرفوف أولاً
2. المطبخ: كل ما عليه `K`

A line in English stays at the left: the van is called *Berta*.
שורה שמתחילה בעברית and goes on in English 2027.)";

} // namespace tandem::screenshots
