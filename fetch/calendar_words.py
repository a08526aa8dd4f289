"""Names of months, words for units of time and for "ago", in the languages news is most written in: data only."""

ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"

# Month by month: English, German, French, Spanish, Portuguese, Italian, Dutch, Russian, Ukrainian, Polish, Czech,
# Turkish, Swedish/Danish/Norwegian, Indonesian, Arabic (both calendars' names in use), Hindi, Persian's Gregorian,
# Greek, Hungarian, Romanian, Finnish, Catalan, Vietnamese, Bulgarian, Hebrew, Bengali, Urdu, Tamil, Thai, Croatian,
# Lithuanian.
MONTH_NAMES = (
    "january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari января январь янв "
    "січня січ stycznia styczeń sty ledna leden ocak oca يناير كانون_الثاني जनवरी ژانویه ιανουαρίου "
    "ιανουάριος ιαν január ianuarie tammikuuta tammikuu gener януари ינואר জানুয়ারি জানুয়ারী جنوری "
    "ஜனவரி มกราคม ม.ค. siječnja sausio januára",
    "february feb februar février févr fév febrero fevereiro fev febbraio februari февраля февраль фев "
    "февр лютого лют lutego luty lut února únor şubat şub فبراير شباط फरवरी फ़रवरी فوریه φεβρουαρίου "
    "φεβρουάριος φεβ február februarie helmikuuta helmikuu febrer февруари פברואר ফেব্রুয়ারি فروری "
    "பிப்ரவரி กุมภาพันธ์ ก.พ. veljače vasario febr februára",
    "march mar märz mär mrz mars marzo março maart mrt марта март мар березня берез marca marzec března "
    "březen mart مارس آذار मार्च μαρτίου μάρτιος μαρ március márc martie maaliskuuta maaliskuu març maret "
    "מרץ মার্চ مارچ மார்ச் มีนาคม มี.ค. ožujka kovo марта",
    "april apr avril avr abril abr aprile апреля апрель апр квітня квіт kwietnia kwiecień kwi dubna duben "
    "nisan nis أبريل ابريل نيسان अप्रैल آوریل απριλίου απρίλιος απρ április ápr aprilie huhtikuuta "
    "huhtikuu април אפריל এপ্রিল اپریل ஏப்ரல் เมษายน เม.ย. travnja balandžio apríla",
    "may mai mayo maio maggio mag mei мая май травня трав maja maj května květen mayıs مايو أيار मई مه "
    "μαΐου μάιος μαϊ május máj toukokuuta toukokuu maig maj мај מאי মে مئی மே พฤษภาคม พ.ค. svibnja "
    "gegužės mája",
    "june jun juni juin junio junho giugno giu июня июнь июн червня черв czerwca czerwiec cze června "
    "červen haziran haz يونيو حزيران जून ژوئن ιουνίου ιούνιος ιουν június jún iunie kesäkuuta kesäkuu "
    "juny юни יוני জুন جون ஜூன் มิถุนายน มิ.ย. lipnja birželio júna",
    "july jul juli juillet juil julio julho luglio lug июля июль июл липня лип lipca lipiec července "
    "červenec temmuz tem يوليو تموز जुलाई ژوئیه ιουλίου ιούλιος ιουλ július júl iulie heinäkuuta heinäkuu "
    "juliol юли יולי জুলাই جولائی ஜூலை กรกฎาคม ก.ค. srpnja liepos júla",
    "august aug août aou agosto ago agustus augustus августа август авг серпня серп sierpnia sierpień sie "
    "srpna srpen ağustos ağu أغسطس اغسطس آب अगस्त اوت αυγούστου αύγουστος αυγ augusztus elokuuta elokuu "
    "agost אוגוסט আগস্ট اگست ஆகஸ்ட் สิงหาคม ส.ค. kolovoza rugpjūčio augusti augusta",
    "september sep sept septembre septiembre setembro set settembre setiembre сентября сентябрь сен сент "
    "вересня верес września wrzesień wrz září eylül eyl سبتمبر أيلول सितंबर सितम्बर سپتامبر σεπτεμβρίου "
    "σεπτέμβριος σεπ szeptember septembrie syyskuuta syyskuu setembre септември ספטמבר সেপ্টেম্বর ستمبر "
    "செப்டம்பர் กันยายน ก.ย. rujna rugsėjo septembra",
    "october oct oktober okt octobre octubre outubro out ottobre ott октября октябрь окт жовтня жовт "
    "października październik paź října říjen ekim eki أكتوبر اكتوبر تشرين_الأول अक्टूबर अक्तूबर اکتبر "
    "οκτωβρίου οκτώβριος οκτ október octombrie lokakuuta lokakuu октомври אוקטובר অক্টোবর اکتوبر அக்டோபர் "
    "ตุลาคม ต.ค. spalio októbra",
    "november nov novembre noviembre novembro ноября ноябрь ноя нояб листопада листоп listopada listopad "
    "lis kasım kas نوفمبر تشرين_الثاني नवंबर नवम्बर نوامبر νοεμβρίου νοέμβριος νοε noiembrie marraskuuta "
    "marraskuu ноември נובמבר নভেম্বর نومبر நவம்பர் พฤศจิกายน พ.ย. studenoga lapkričio novembra",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre декабря декабрь дек грудня "
    "груд grudnia grudzień gru prosince prosinec aralık ara desember des ديسمبر كانون_الأول दिसंबर "
    "दिसम्बर دسامبر δεκεμβρίου δεκέμβριος δεκ joulukuuta joulukuu desembre декември דצמבר ডিসেম্বর دسمبر "
    "டிசம்பர் ธันวาคม ธ.ค. prosinca gruodžio decembrie decembra",
)
# Further languages and shorter names, after the Unicode CLDR: Slovenian, Serbian, Macedonian, Albanian, Estonian,
# Latvian, Icelandic, Afrikaans, Azerbaijani, Belarusian, Galician, Welsh, Irish, Armenian, Georgian, Kazakh, Uzbek,
# Malay, Filipino, Swahili, Amharic, Somali, Marathi, Gujarati, Punjabi, Kannada, Malayalam, Telugu, Nepali, Khmer, Lao,
# Burmese, Pashto, Hausa, Luxembourgish.
MORE_MONTH_NAMES = (
    "siječanj sausis јануар јан јануари janar jaanuar jaan janvāris janúar januarie yanvar yan студзеня сту "
    "студзень xaneiro ionawr eanáir հունվարի հնվ հունվար იანვარი იან қаңтар ጃንዋሪ janaayo jannaayo जानेवारी "
    "जाने જાન્યુઆરી જાન્યુ ਜਨਵਰੀ ਜਨ ಜನವರಿ ಜನ ജനുവരി ജനു జనవరి జన មករា ມັງກອນ ມ.ກ ဇန်နဝါရီ جنوري janairu जन "
    "ian яну ינו জানু ஜன",
    "úno veljača vasaris фебруар феб shkurt veebruar veebr februāris febrúar fevral лютага люты febreiro "
    "chwefror feabhra փետրվարի փտվ փետրվար თებერვალი თებ ақпан pebrero peb ፌብሩዋሪ febraayo फेब्रुवारी फेब्रु "
    "ફેબ્રુઆરી ફેબ્રુ ਫ਼ਰਵਰੀ ਫ਼ਰ ಫೆಬ್ರವರಿ ಫೆಬ್ರ ഫെബ്രുവരി ഫെബ്രു ఫిబ్రవరి ఫిబ్ర फेब्रुअरी កុម្ភៈ ກຸມພາ ກ.ພ "
    "ဖေဖော်ဝါရီ فبروري فېبروري faburairu फ़र פבר ফেব பிப் pebruari",
    "bře marts ožujak kovas marec märts сакавіка сак сакавік mawrth márta մարտի մրտ մարտ მარტი მარ наурыз mac "
    "marso machi ማርች maarso માર્ચ ਮਾਰਚ ಮಾರ್ಚ್ മാർച്ച് മാർ మార్చి មីនា ມີນາ ມ.ນ မတ် maris mäerz бер μάρ மார்",
    "travanj balandis prill aprill aprīlis apríl aprel красавіка красавік ebrill aibreán ապրիլի ապր ապրիլ "
    "აპრილი აპრ сәуір aprili ኤፕሪል abriil एप्रिल एप्रि એપ્રિલ ਅਪ੍ਰੈਲ ਅਪ੍ਰੈ ಏಪ್ರಿಲ್ ಏಪ್ರಿ ഏപ്രിൽ ഏപ്രി ఏప్రిల్ "
    "ఏప్రి अप्रिल មេសា ເມສາ ມ.ສ ဧပြီ afirilu abrëll אפר এপ্রি ஏப்",
    "kvě svibanj gegužė maijs maí bealtaine մայիսի մյս մայիս მაისი მაი мамыр ሜይ maayo मे મે ਮਈ ಮೇ മേയ് మే "
    "ឧសភា ພຶດສະພາ ພ.ພ မေ مۍ mayu μαΐ μάι",
    "čvn lipanj birželis junij јун јуни qershor juuni jūnijs jūn júní junie iyun iyn чэрвеня чэр чэрвень xuño "
    "mehefin meitheamh հունիսի հնս հունիս ივნისი ივნ маусым hunyo hun ጁን juun જૂન ਜੂਨ ಜೂನ್ ജൂൺ జూన్ जुन "
    "មិថុនា ມິຖຸນາ ມິ.ຖ ဇွန် yuni ιούν iun",
    "čvc srpanj liepa julij јул јули korrik juuli jūlijs jūl júlí julie iyul iyl ліпеня ліп ліпень xullo "
    "gorffennaf iúil հուլիսի հլս հուլիս ივლისი ივლ шілде julai hulyo hul ጁላይ luulyo जुलै જુલાઈ ਜੁਲਾਈ ਜੁਲਾ "
    "ಜುಲೈ ജൂലൈ జులై កក្កដា ກໍລະກົດ ກ.ລ ဇူလိုင် جولای yuli lip जुल ιούλ iul জুল",
    "kolovoz rugpjūtis avgust avg gusht augusts ágúst ágú avqust avq жніўня жні жнівень awst lúnasa օգոստոսի "
    "օգս օգոստոս აგვისტო აგვ тамыз ogos agosti ኦገስት ogosto ऑगस्ट ऑग ઑગસ્ટ ਅਗਸਤ ਅਗ ಆಗಸ್ಟ್ ಆಗ ഓഗസ്റ്റ് ഓഗ "
    "ఆగస్టు ఆగ अगस्ट សីហា ສິງຫາ ສ.ຫ ဩဂုတ် اګست agusta agu अग αύγ אוג আগ ஆக agt",
    "zář rujan rugsėjis септембар сеп septembar shtator septembris sentyabr верасня вер верасень medi "
    "meán_fómhair սեպտեմբերի սեպ սեպտեմբեր სექტემბერი სექ қыркүйек sentabr setyembre septemba ሴፕቴምበር "
    "sebtembar sebteembar सप्टेंबर सप्टें સપ્ટેમ્બર સપ્ટે ਸਤੰਬਰ ਸਤੰ ಸೆಪ್ಟೆಂಬರ್ ಸೆಪ್ಟೆಂ സെപ്റ്റംബർ സെപ്റ്റം "
    "సెప్టెంబర్ సెప్టెం सेप्टेम्बर កញ្ញា ກັນຍາ ກ.ຍ စက်တင်ဘာ سېپتمبر سپتمبر satumba सित szept ספט সেপ সেপ্ট "
    "செப்",
    "říj spalis октобар oktobar tetor oktoober oktobris oktyabr кастрычніка кас кастрычнік hydref "
    "deireadh_fómhair հոկտեմբերի հոկ հոկտեմբեր ოქტომბერი ოქტ қазан oktabr oktubre oktoba ኦክቶበር oktoobar "
    "ऑक्टोबर ऑक्टो ઑક્ટોબર ઑક્ટો ਅਕਤੂਬਰ ਅਕਤੂ ಅಕ್ಟೋಬರ್ ಅಕ್ಟೋ ഒക്ടോബർ ഒക്ടോ అక్టోబర్ అక్టో अक्टोबर តុលា ຕຸລາ "
    "ຕ.ລ အောက်တိုဘာ अक्टू אוק অক্টো அக்",
    "listopadu studeni lapkritis новембар нов novembar nëntor novembris nóvember nóv noyabr noy лістапада "
    "лістапад tachwedd samhain նոյեմբերի նոյ նոյեմբեր ნოემბერი ნოე қараша nobyembre nob novemba ኖቬምበር "
    "noofeembar नोव्हेंबर नोव्हें નવેમ્બર નવે ਨਵੰਬਰ ਨਵੰ ನವೆಂಬರ್ ನವೆಂ നവംബർ നവം నవంబర్ నవం नोभेम्बर វិច្ឆិកា "
    "ພະຈິກ ພ.ຈ နိုဝင်ဘာ nuwamba лист नव νοέ ное נוב নভে நவ nopember",
    "prosinac gruodis децембар дец decembar dhjetor detsember dets decembris dekabr dek снежня сне снежань "
    "decembro rhagfyr nollaig դեկտեմբերի դեկ դեկտեմբեր დეკემბერი დეკ желтоқсан disember disyembre desemba "
    "ዲሴምበር diseembar डिसेंबर डिसें ડિસેમ્બર ડિસે ਦਸੰਬਰ ਦਸੰ ಡಿಸೆಂಬರ್ ಡಿಸೆಂ ഡിസംബർ ഡിസം డిసెంబర్ డిసెం डिसेम्बर "
    "ធ្នូ ທັນວາ ທ.ວ ဒီဇင်ဘာ disamba दिस דצמ ডিসে டிச",
)
# Names that mean one month in one language and another in all others, as "name=number".
MONTH_NAMES_OF = {
    "hr": "listopada=10 listopad=10 lis=10 lip=6 srp=7 sij=1 velj=2 ožu=3 tra=4 svi=5 kol=8 ruj=9 stu=11 pro=12"
}
# Seconds in a unit: the word in any of the languages, as it stands after a number or by itself.
UNIT_WORDS = {
    1: (
        "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi секунд секунды "
        "секунду sekund sekundy sekundę saniye sekunder detik ثانية ثوان सेकंड 秒 초 s"
    ),
    60: (
        "minute minutes min mins minuten minuto minutos minuti minuten минут минуты минуту мин хвилин "
        "хвилини minut minuty minutę dakika minuter minutter menit دقيقة دقائق मिनट 分钟 分鐘 分 분 λεπτά "
        "perc m"
    ),
    3600: (
        "hour hours hr hrs stunde stunden std heure heures hora horas ora ore uur часов часа час годин "
        "години godzin godziny godzinę saat timmar timmer timer jam ساعة ساعات घंटे घंटा 小时 小時 時間 "
        "시간 ώρες óra h"
    ),
    86400: (
        "day days tag tagen tage jour jours día días dia dias giorno giorni dag dagen dagar dage dager "
        "день дня дней дні днів dni dzień gün hari يوم أيام दिन 天 日 일 ημέρες nap d"
    ),
    604800: (
        "week weeks woche wochen semaine semaines semana semanas settimana settimane weken недели недель "
        "неделю тижні tygodni tygodnie hafta veckor uger minggu أسبوع أسابيع सप्ताह हफ्ते 周 週 週間 주 w"
    ),
}
AGO_WORDS = (
    "ago vor hace há il_y_a fa geleden назад тому temu önce sedan siden yang_lalu منذ قبل पहले 前 전 πριν ezelőtt"
)
DAY_WORDS = {
    0: (
        "today heute aujourd'hui hoy hoje oggi vandaag сегодня сьогодні dzisiaj dziś bugün idag i_dag "
        "hari_ini اليوم आज 今天 今日 오늘 σήμερα"
    ),
    1: (
        "yesterday gestern hier ayer ontem ieri gisteren вчера вчора wczoraj dün igår i_går kemarin أمس "
        "कल 昨天 昨日 어제 χθες"
    ),
}

# What may stand between a number of hours and "ago": what rounds it, and articles in the place of "one".
ROUNDING_WORDS = (
    "a an one about around over almost and circa ca etwa rund ungefähr gut ein eine einer einem einen einigen und "
    "environ un une et cerca de unos unas una y um uma e circa ongeveer een en ett kort près plus około ok примерно "
    "около і и bir yaklaşık sekitar se satu kaum knapp más mais mehr als of lebih"
)
# What may stand beside "yesterday" in a line that says when.
BESIDE_DAY_WORDS = (
    "at on um uhr à a las los alle ore om kl klo o в о у saat h am pm by le il el est edt et pt gmt utc cet cest mez "
    "mesz bst pukul jam às em in the last first"
)

# English of these countries, and few other languages, write the month before the day in figures.
MONTH_FIRST = "en-us en-ph es-us fil en-pr"
DAY_FIRST_ENGLISH = "en-gb en-ie en-au en-nz en-in en-za en-ng en-ke en-pk en-sg en-my en-hk en-gh en-ae"

# What stands before a date: when the page was changed, when it was published, or what is not of the story at all.
# Beginnings of words; "=" before one asks for the whole word, "_" is a space.
MODIFIED_WORDS = (
    "updat modif revis edited last_changed aktualisiert geändert bearbeitet zuletzt stand: mis_à_jour mise_à_jour "
    "actualiz atualiz editado aggiorna gewijzigd bijgewerkt aktualiz обновл изменен редакт оновлен güncel تحديث "
    "更新 修改 수정 업데이트 अपडेट diperbarui uppdater oppdater opdater päivitet"
)
PUBLISHED_WORDS = (
    "publi posted released veröffentlicht erstellt erschienen =datum =date =data =fecha pubbl gepubl geplaatst opubl "
    "dodano опубл размещ дата yayın نشر "
    "发布 發布 發佈 发表 發表 发稿 發稿 刊登 公開 掲載 配信 投稿 입력 등록 게시 승인 प्रकाशित terbit postad"
)
OTHER_DATE_WORDS = (
    "current_time it_is_currently today_is aktuelle_zeit heute_ist joined registered registriert member_since "
    "mitglied_seit =born geboren nacido né_le nato_il deadline expires until =bis gültig copyright © "
    "今天是 今日は 오늘은 截止 截至"
)
