-- The same for other scripts; behind the stroke stands the spelling that goes into an e-mail address.
SELECT seed.land('UA', 3, 'cyrillic', 'uk',
  'Олена/olena Оксана/oksana Наталія/nataliia Ірина/iryna Тетяна/tetiana Марія/mariia Софія/sofiia Анна/anna Юлія/yuliia Світлана/svitlana Людмила/liudmyla Катерина/kateryna',
  'Олександр/oleksandr Сергій/serhii Андрій/andrii Володимир/volodymyr Іван/ivan Дмитро/dmytro Богдан/bohdan Максим/maksym Тарас/taras Юрій/yurii Микола/mykola Петро/petro',
  'Шевченко/shevchenko Коваленко/kovalenko Бондаренко/bondarenko Ткаченко/tkachenko Кравченко/kravchenko Мельник/melnyk Олійник/oliinyk Шевчук/shevchuk Поліщук/polishchuk Бойко/boiko Лисенко/lysenko Мороз/moroz Павленко/pavlenko Савченко/savchenko Гончар/honchar Їжак/yizhak',
  'Київ|Київ|010##|50.45|30.52; Львів|Львівська|790##|49.84|24.03; Одеса|Одеська|650##|46.48|30.72; Харків|Харківська|610##|49.99|36.23',
  'вул. Хрещатик, #; вул. Лесі Українки, #, кв. 12; просп. Перемоги, #; вул. Садова, #; пл. Ринок, #',
  '+380 50 000 ####; +380 44 000 ####; 032 000 ## ##');
SELECT seed.land('GR', 2, 'greek', 'el',
  'Μαρία/maria Ελένη/eleni Κατερίνα/katerina Βασιλική/vasiliki Σοφία/sofia Αγγελική/angeliki Γεωργία/georgia Δήμητρα/dimitra Ιωάννα/ioanna Χρυσούλα/chrysoula',
  'Γεώργιος/georgios Ιωάννης/ioannis Κωνσταντίνος/konstantinos Δημήτρης/dimitris Νικόλαος/nikolaos Παναγιώτης/panagiotis Βασίλης/vasilis Χρήστος/christos Αθανάσιος/athanasios Σπύρος/spyros',
  'Παπαδόπουλος/papadopoulos Βλάχος/vlachos Αγγελόπουλος/angelopoulos Νικολαΐδης/nikolaidis Γεωργίου/georgiou Δημητρίου/dimitriou Οικονόμου/oikonomou Παππάς/pappas Σαμαράς/samaras Κωστόπουλος/kostopoulos Μακρής/makris Αντωνίου/antoniou',
  'Αθήνα|Αττική|105 ##|37.98|23.73; Θεσσαλονίκη|Κεντρική Μακεδονία|546 ##|40.64|22.94; Πάτρα|Δυτική Ελλάδα|262 ##|38.25|21.73; Ηράκλειο|Κρήτη|712 ##|35.34|25.13',
  'Οδός Ερμού #; Λεωφόρος Συγγρού #; Πλατεία Συντάγματος #; Οδός Αριστοτέλους #',
  '+30 690 000 ####; +30 210 000 ####; 2310 000 ###');
SELECT seed.land('EG', 2, 'arabic', 'ar',
  'فاطمة/fatima مريم/mariam عائشة/aisha نور/nour ليلى/layla سارة/sara هدى/huda آمنة/amna ياسمين/yasmin زينب/zainab',
  'محمد/mohamed أحمد/ahmed محمود/mahmoud علي/ali عمر/omar يوسف/youssef خالد/khaled إبراهيم/ibrahim حسن/hassan مصطفى/mostafa',
  'السيد/elsayed حسن/hassan إبراهيم/ibrahim عبدالله/abdallah المصري/elmasry منصور/mansour سليمان/soliman فاروق/farouk الشريف/elsherif نصار/nassar خليل/khalil عثمان/osman',
  'القاهرة|القاهرة|115##|30.04|31.24; الإسكندرية|الإسكندرية|215##|31.20|29.92; الجيزة|الجيزة|125##|30.01|31.21; أسوان|أسوان|815##|24.09|32.90',
  '# شارع التحرير; # شارع النيل; # شارع الهرم; # ميدان رمسيس',
  '+20 100 000 ####; +20 2 0000 ####; 010 0000 ####');
SELECT seed.land('IL', 2, 'hebrew', 'he',
  'נועה/noa תמר/tamar מאיה/maya אביגיל/avigail שרה/sara רחל/rachel יעל/yael אסתר/ester מיכל/michal רות/rut',
  'דוד/david נועם/noam אורי/uri איתי/itai יוסף/yosef משה/moshe אריאל/ariel דניאל/daniel יונתן/yonatan אברהם/avraham',
  'כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz ביטון/biton דהן/dahan אברהם/avraham פרידמן/friedman אזולאי/azoulay גולדברג/goldberg שפירא/shapira ברק/barak',
  'תל אביב|תל אביב|61###00|32.08|34.78; ירושלים|ירושלים|91###00|31.77|35.21; חיפה|חיפה|31###00|32.79|34.99; באר שבע|הדרום|84###00|31.25|34.79',
  'רחוב הרצל #; שדרות רוטשילד #; רחוב דיזנגוף # דירה 7; רחוב יפו #',
  '+972 50 000 ####; +972 3 000 ####; 02-000 ####');
SELECT seed.land('CN', 2, 'han', 'zh',
  '秀英/xiuying 丽/li 静/jing 敏/min 芳/fang 婷/ting 雪/xue 佳怡/jiayi 梓涵/zihan 欣怡/xinyi 晓燕/xiaoyan 玉兰/yulan',
  '伟/wei 强/qiang 磊/lei 军/jun 洋/yang 勇/yong 杰/jie 浩然/haoran 子轩/zixuan 建国/jianguo 志明/zhiming 文博/wenbo',
  '王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 赵/zhao 吴/wu 周/zhou 徐/xu 孙/sun 欧阳/ouyang 司马/sima',
  '上海|上海市|2000##|31.23|121.47; 北京|北京市|1000##|39.90|116.41; 广州|广东省|5100##|23.13|113.26; 成都|四川省|6100##|30.57|104.07',
  '建设路#号; 人民中路#号3单元402室; 南京西路#号; 解放大道#号',
  '+86 130 0000 ####; +86 21 0000 ####; 010-0000 ####');
SELECT seed.land('JP', 2, 'kana', 'ja',
  '陽菜/hina さくら/sakura 結衣/yui 美咲/misaki 葵/aoi 花子/hanako 恵子/keiko 由美子/yumiko 明日香/asuka 千尋/chihiro',
  '翔太/shota 大翔/hiroto 蓮太/renta 健太/kenta 太郎/taro 隆/takashi 誠/makoto 直樹/naoki 拓海/takumi 一郎/ichiro',
  '佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 加藤/kato 吉田/yoshida 山田/yamada 佐々木/sasaki 山口/yamaguchi',
  '東京|東京都|100-00##|35.68|139.69; 大阪|大阪府|530-00##|34.69|135.50; 札幌|北海道|060-00##|43.06|141.35; 福岡|福岡県|810-00##|33.59|130.40',
  '中央1丁目#番3号; 本町2-#-5; 桜ヶ丘3-#; 緑町#番地 コーポ青葉201号',
  '+81 90 0000 ####; +81 3 0000 ####; 06-0000-####');
SELECT seed.land('KR', 1, 'hangul', 'ko',
  '서연/seoyeon 지우/jiwoo 민서/minseo 하은/haeun 수빈/subin 영희/younghee 미경/mikyung 은정/eunjung',
  '민준/minjun 서준/seojun 도윤/doyun 지훈/jihoon 현우/hyunwoo 철수/chulsoo 성호/sungho 준호/junho',
  '김/kim 이/lee 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon 장/jang 임/lim 한/han 남궁/namgung',
  '서울|서울특별시|030##|37.57|126.98; 부산|부산광역시|480##|35.18|129.08; 대구|대구광역시|410##|35.87|128.60',
  '세종대로 #; 테헤란로 #길 12; 해운대해변로 #; 중앙로 # 301호',
  '+82 10 0000 ####; +82 2 0000 ####; 051-000-####');
SELECT seed.land('IN', 1, 'devanagari', 'hi',
  'प्रिया/priya अंजलि/anjali दीपिका/deepika कविता/kavita सुनीता/sunita लक्ष्मी/lakshmi नेहा/neha पूजा/pooja मीरा/meera गीता/geeta',
  'राहुल/rahul अमित/amit राजेश/rajesh विजय/vijay संजय/sanjay अर्जुन/arjun रोहित/rohit सुरेश/suresh कृष्ण/krishna मोहन/mohan',
  'शर्मा/sharma वर्मा/verma गुप्ता/gupta सिंह/singh कुमार/kumar पटेल/patel यादव/yadav मिश्रा/mishra जोशी/joshi चौधरी/chaudhary अग्रवाल/agarwal त्रिवेदी/trivedi',
  'दिल्ली|दिल्ली|1100##|28.61|77.21; मुंबई|महाराष्ट्र|4000##|19.08|72.88; जयपुर|राजस्थान|3020##|26.91|75.79; लखनऊ|उत्तर प्रदेश|2260##|26.85|80.95',
  'मकान नं. #, गांधी मार्ग; #, महात्मा गांधी रोड; फ्लैट #, नेहरू नगर; #, स्टेशन रोड',
  '+91 90000 0####; +91 11 0000 ####; 022 0000 ####');

UPDATE seed.land SET family = string_to_array(replace(array_to_string(family, '|'), '~', ' '), '|');
UPDATE seed.land SET
  female = ARRAY(SELECT name || '/' || seed.plain(name) FROM unnest(female) WITH ORDINALITY AS u (name, i) ORDER BY i),
  male = ARRAY(SELECT name || '/' || seed.plain(name) FROM unnest(male) WITH ORDINALITY AS u (name, i) ORDER BY i),
  family = ARRAY(SELECT name || '/' || seed.plain(name) FROM unnest(family) WITH ORDINALITY AS u (name, i) ORDER BY i)
WHERE script = 'latin';

-- A hundred slots, so that a hash chooses a country by its share.
CREATE TABLE seed.slot AS
  SELECT row_number() OVER (ORDER BY country COLLATE "C", i)::int - 1 AS slot, country
  FROM seed.land, LATERAL generate_series(1, share) AS i;
ALTER TABLE seed.slot ADD PRIMARY KEY (slot);
ANALYZE seed.slot, seed.land;
